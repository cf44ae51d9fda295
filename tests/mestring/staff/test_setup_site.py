"""A site is set up at every deployment; only a demo makes a first login."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "users"), [("demo", 1), ("live", 0)])
def test_only_a_demo_prints_a_login(settings, capsys, mode, users):
    settings.MODE = mode
    call_command("setup_site")
    assert User.objects.count() == users
    assert ("password:" in capsys.readouterr().out) == bool(users)
