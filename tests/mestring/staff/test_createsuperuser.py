"""An account that a script makes has a password as good as one that a colleague chooses."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def make_drift():
    call_command("createsuperuser", interactive=False, username="drift-nord", email="drift@example.no")


@pytest.mark.parametrize("password", ["Kort", "drift-nord"])
def test_a_weak_password_of_the_environment_makes_no_account(monkeypatch, password):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError, match=r"(?i)passord"):
        make_drift()
    assert not User.objects.exists()


def test_a_good_password_of_the_environment_makes_the_account(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "langt-drift-passord-7391")
    make_drift()
    assert User.objects.get().check_password("langt-drift-passord-7391")
