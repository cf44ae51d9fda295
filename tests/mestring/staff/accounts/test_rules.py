"""No one makes themself a reader, and the site keeps a colleague who administers it."""

import pytest
from django.contrib.auth.models import Group, User

from contact.models import Grant
from mestring.roles import ACCOUNTS, EDITORS, INQUIRY_STAFF, KEYHOLDERS
from mestring.staff.accounts.rules import administrators, objections
from tests.cast import logged_in

pytestmark = pytest.mark.django_db


def roles(*names):
    return list(Group.objects.filter(name__in=names))


def refused(person, by, *names, is_active=True, is_superuser=False):
    return objections(person, by, roles(*names), is_active, is_superuser)


@pytest.mark.parametrize("role", [INQUIRY_STAFF, KEYHOLDERS])
def test_no_colleague_gives_themself_a_role_in_the_inbox(accounts, administrator, editor, role):
    assert refused(accounts, accounts, ACCOUNTS, role)
    assert not refused(accounts, accounts, ACCOUNTS, EDITORS)
    assert not refused(accounts, administrator, ACCOUNTS, role)
    assert not refused(editor, accounts, EDITORS, role)
    administrator.groups.clear()
    assert refused(administrator, administrator, role, is_superuser=True)


def test_a_role_that_one_has_is_kept_when_one_s_own_account_is_changed(administrator):
    assert not refused(administrator, administrator, INQUIRY_STAFF, KEYHOLDERS, is_superuser=True)


def test_the_last_who_administers_accounts_stays(accounts, administrator):
    assert not refused(accounts, administrator, EDITORS)
    User.objects.filter(pk=administrator.pk).update(is_superuser=False)
    assert list(administrators()) == [accounts]
    assert refused(accounts, accounts, EDITORS)
    assert refused(accounts, accounts, ACCOUNTS, is_active=False)
    assert not refused(accounts, accounts, ACCOUNTS, EDITORS)


def test_the_last_who_opens_the_inbox_stays(enrolled, administrator):
    Grant.objects.filter(principal="server").delete()
    assert refused(enrolled.user, administrator, EDITORS)
    assert refused(enrolled.user, administrator, INQUIRY_STAFF, is_active=False)
    assert not refused(enrolled.user, administrator, INQUIRY_STAFF, EDITORS)


def test_an_invitation_that_waits_administers_nothing_yet(accounts, administrator):
    administrator.set_unusable_password()
    administrator.save()
    assert refused(accounts, administrator, EDITORS)


def test_the_form_says_it_and_changes_nothing(accounts, accounts_client):
    typed = {
        "username": "tove",
        "email": accounts.email,
        "is_active": "on",
        "groups": [role.pk for role in roles(ACCOUNTS, INQUIRY_STAFF)],
    }
    answer = accounts_client.post(f"/admin/auth/user/{accounts.pk}/change/", typed)
    assert "Du kan ikke gi deg selv en rolle i innboksen." in answer.text
    assert set(accounts.groups.all()) == set(roles(ACCOUNTS))


def test_no_other_role_is_given_rights_over_inquiries_or_accounts(administrator_client):
    page = administrator_client.get("/admin/auth/group/add/").context["adminform"].form
    apps = set(page.fields["permissions"].queryset.values_list("content_type__app_label", flat=True))
    assert apps == {"pages"}


def test_an_open_account_is_not_deleted_and_a_closed_one_is(administrator, editor):
    client = logged_in(administrator)
    address = f"/admin/auth/user/{editor.pk}/delete/"
    assert client.post(address, {"post": "yes"}).status_code == 403
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=editor.pk).exists()
