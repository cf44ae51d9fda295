"""The cast can do what its roles say, and nothing else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.utils import timezone

import mestring.settings
from contact.permissions import inbox_readers, may_read_inbox
from mestring.roles import ACCOUNTS, INQUIRY_STAFF, KEYHOLDERS, ensure_roles
from mestring.staff.login.session_store import SessionStore
from tests import factories
from tests.conftest import ROOT

EDITOR_ONLY = ["/admin/pages/page/", "/admin/pages/picture/", "/admin/pages/picture/add/"]
INQUIRY_ONLY = ["/admin/contact/", "/admin/contact/inquiry/"]
NOBODY_BUT_ADMINISTRATORS = ["/admin/auth/user/", "/admin/pages/clinic/"]


def statuses(client, paths):
    return {path: client.get(path).status_code for path in paths}


def test_editors_edit_pages_and_see_no_inquiry(editor_client):
    assert set(statuses(editor_client, EDITOR_ONLY).values()) == {200}
    assert set(statuses(editor_client, INQUIRY_ONLY + NOBODY_BUT_ADMINISTRATORS).values()) == {403}


def test_inquiry_staff_read_the_inbox_and_edit_no_page(inquiry_client):
    assert set(statuses(inquiry_client, INQUIRY_ONLY).values()) == {200}
    assert set(statuses(inquiry_client, EDITOR_ONLY + NOBODY_BUT_ADMINISTRATORS).values()) == {403}


def test_administrators_reach_everything(administrator_client):
    paths = EDITOR_ONLY + INQUIRY_ONLY + ["/admin/auth/user/"]
    assert set(statuses(administrator_client, paths).values()) == {200}


def test_a_login_without_a_role_opens_nothing(client, roleless):
    client.force_login(roleless)
    assert set(statuses(client, EDITOR_ONLY + INQUIRY_ONLY).values()) == {403}


def test_a_stranger_is_sent_to_the_login(client, cast):
    for path in EDITOR_ONLY + INQUIRY_ONLY:
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/admin/login/")


def test_roles_are_put_right_again_at_every_deploy(cast):
    from django.contrib.auth.models import Group, Permission

    from mestring.roles import EDITORS, ensure_roles

    group = Group.objects.get(name=EDITORS)
    group.permissions.add(Permission.objects.get(codename="view_inquiry"))
    ensure_roles()
    assert not group.permissions.filter(content_type__app_label="contact").exists()


def test_a_right_that_does_not_exist_is_named_and_no_role_is_changed(cast, monkeypatch):
    from django.contrib.auth.models import Group, Permission

    from mestring.roles import EDITORS, RIGHTS, ensure_roles

    monkeypatch.setitem(RIGHTS, EDITORS, ["pages.view_page", "pages.juggle_page"])
    with pytest.raises(Permission.DoesNotExist, match=r"pages\.juggle_page"):
        ensure_roles()
    assert Group.objects.get(name=EDITORS).permissions.count() > 2


def test_roles_cost_few_queries_however_many_rights_they_hold(db, django_assert_max_num_queries):
    from mestring.roles import ensure_roles

    with django_assert_max_num_queries(30):
        ensure_roles()


def test_staff_cookies_are_bound_to_the_host_and_hidden_from_scripts(client, cast):
    from tests.cast import PASSWORD

    answer = client.post("/admin/login/", {"username": "astrid", "password": PASSWORD, "next": "/admin/"})
    cookie = answer.cookies["__Host-session"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_passwords_are_stored_with_argon2(settings):
    settings.PASSWORD_HASHERS = mestring.settings.PASSWORD_HASHERS
    assert make_password("anything").startswith("argon2$argon2id$")


def test_an_address_asks_no_slow_question_about_colleagues(administrator_client):
    for path in ("user/?username__regex=(a%2B)%2B$", "user/?password__startswith=a", "group/?name__regex=a"):
        assert administrator_client.get(f"/admin/auth/{path}").status_code == 400, path
    assert administrator_client.get("/admin/auth/user/?is_staff__exact=1").status_code == 200


def test_a_session_lasts_from_the_last_click_in_the_admin(editor_client):
    with time_machine.travel(timezone.now() + timedelta(minutes=90), tick=False):
        assert editor_client.get("/admin/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=180), tick=False):
        assert editor_client.get("/admin/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=301), tick=False):
        assert editor_client.get("/admin/").status_code == 302


def test_what_a_page_asks_meanwhile_takes_no_message_away(editor_client, monkeypatch):
    """While a page is saved its form asks in the background what to look at: both have read the same session."""

    def saved_meanwhile(user):
        session = SessionStore(editor_client.session.session_key)
        session["told"] = "Lagret"
        session.save()
        return []

    monkeypatch.setattr("mestring.staff.dashboard.waiting_lines", saved_meanwhile)
    editor_client.get("/admin/")
    assert editor_client.session["told"] == "Lagret"


def test_a_public_page_sets_no_cookie_for_staff_either(editor_client):
    """A cache in front may keep public answers; a session cookie in one would hand over the login."""
    factories.clinic()
    factories.front()
    assert not editor_client.get("/").cookies


def test_the_site_s_own_roles_are_neither_renamed_nor_deleted_and_others_are(administrator_client):
    from django.contrib.auth.models import Group

    from mestring.roles import EDITORS

    own, other = Group.objects.get(name=EDITORS), Group.objects.create(name="Vikarer")
    address = "/admin/auth/group/{}/{}/"
    assert administrator_client.get(address.format(own.pk, "change")).status_code == 200
    answers = [
        administrator_client.post(
            address.format(group.pk, step), {"name": "Redaksjonen", "post": "yes"}
        ).status_code
        for group in (own, other)
        for step in ("change", "delete")
    ]
    assert answers == [403, 403, 302, 302]
    assert Group.objects.filter(name=EDITORS).exists()


SHUT = [*INQUIRY_ONLY, "/admin/contact/grant/", "/admin/contact/accessentry/", "/admin/contact/staffkey/"]
ADMINISTERED = [
    "/admin/auth/user/", "/admin/auth/user/add/", "/admin/auth/group/", "/admin/pages/clinic/add/",
    "/admin/pages/helpline/", "/admin/pages/claim/", "/admin/pages/launchconfirmation/",
]  # fmt: skip


def test_the_role_of_accounts_administers_and_sees_no_inquiry(accounts_client):
    assert set(statuses(accounts_client, SHUT).values()) == {403}
    found = statuses(accounts_client, ADMINISTERED)
    assert found.pop("/admin/pages/clinic/add/") == 403
    assert set(found.values()) == {200}


def test_a_superuser_reads_no_inquiry_without_a_role_that_does(administrator, administrator_client):
    administrator.groups.clear()
    assert set(statuses(administrator_client, SHUT).values()) == {403}
    assert "/admin/contact/inquiry/" not in administrator_client.get("/admin/").text
    assert administrator not in inbox_readers()
    assert not may_read_inbox(User.objects.get(pk=administrator.pk))


def test_a_site_from_before_the_role_of_accounts_keeps_its_readers_once(db):
    ensure_roles()
    old = User.objects.create_superuser("old")
    ensure_roles()
    assert not old.groups.exists()
    Group.objects.get(name=ACCOUNTS).delete()
    ensure_roles()
    assert set(old.groups.values_list("name", flat=True)) == {INQUIRY_STAFF, KEYHOLDERS}
    old.groups.clear()
    ensure_roles()
    assert not old.groups.exists()


def test_no_right_over_inquiries_is_asked_for_past_the_rule_about_superusers():
    """`has_perm` says yes to a superuser; contact.permissions.holds_right asks for a role."""
    asked = re.compile(r"has_perm\((?!right\))")
    for file in (ROOT / "contact").rglob("*.py"):
        assert not asked.search(file.read_text(encoding="utf-8")), file
    for file in [*(ROOT / "mestring").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]:
        assert not re.search(r"has_perm\(\W*contact\.|if perms\.contact", file.read_text(encoding="utf-8")), file
