"""On a new site the first page tells the administrator whom to invite."""

import pytest
from django.contrib.auth.models import Group, User

from mestring.roles import ACCOUNTS, INQUIRY_STAFF
from mestring.staff.dashboard import waiting_lines

pytestmark = pytest.mark.django_db
ADD = "/admin/auth/user/add/"
READERS = "Færre enn to kolleger kan lese henvendelser. Inviter dem, med rollen Innboks."
SECOND = "Bare du administrerer kontoer. Inviter en kollega til, med rollen Kontoer."


def invite(name, role):
    person = User.objects.create_user(name, f"{name}@klinikken.no", is_staff=True)
    person.groups.add(Group.objects.get(name=role))


def asked(user):
    return [line.words for line in waiting_lines(user) if line.url == ADD]


def test_a_live_site_asks_for_readers_and_a_second_administrator_until_they_are_invited(
    settings, accounts, editor, inquiry_staff, administrator
):
    administrator.delete()
    settings.MODE = "live"
    assert asked(accounts) == [READERS, SECOND]
    assert asked(editor) == []
    invite("nina", INQUIRY_STAFF)
    assert asked(accounts) == [SECOND]
    invite("bo", ACCOUNTS)
    assert asked(accounts) == []


def test_a_demo_with_its_one_login_asks_for_no_colleague(accounts):
    assert asked(accounts) == []
