"""How long a login lasts: from the last click, and in all; and that no script of a page makes it longer."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from mestring.roles import INQUIRY_STAFF
from mestring.staff.unsent.writer import FIELD, stamp
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY
from tests.factories import draft
from tests.mestring.staff.second_factor.phone import with_app
from tests.mestring.staff.test_unsent_forms import CASE, hidden, log_in

pytestmark = pytest.mark.django_db
GUIDE = "/admin/guide/"
NO_PAGE = "/admin/jsi18n/"  # clicks add up there as anywhere, and no page is drawn for each
BY_SCRIPT = {"Accept": "*/*"}  # what each browser sends with `fetch`
IDLE_INBOX, IDLE_EDITORS, LONGEST = timedelta(minutes=30), timedelta(hours=2), timedelta(hours=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def is_in(client, **headers):
    return client.get(GUIDE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("person", "idle"),
    [("inquiry_staff", IDLE_INBOX), ("administrator", IDLE_INBOX), ("editor", IDLE_EDITORS)],
)
def test_a_login_ends_so_long_after_the_last_click(person, idle, request, clock):
    client = logged_in(request.getfixturevalue(person))
    for _click in range(2):
        assert is_in(client)
        clock.shift(idle - SECOND)
    assert is_in(client)
    clock.shift(idle)
    assert not is_in(client)


def test_after_ten_hours_it_ends_whatever_was_clicked(editor, clock):
    client, begun = logged_in(editor), timezone.now()
    while timezone.now() < begun + LONGEST - timedelta(hours=1):
        assert is_in(client)
        clock.shift(timedelta(hours=1))
    clock.move_to(begun + LONGEST - SECOND)
    assert is_in(client)
    clock.move_to(begun + LONGEST)
    assert not is_in(client)


def test_the_click_whose_page_writes_into_the_session_counts_too(editor, clock):
    client = logged_in(editor)
    clock.shift(timedelta(minutes=9))
    assert client.get("/admin/login/app/add/").status_code == 200  # keeps the key that an app is to learn
    clock.shift(IDLE_EDITORS - SECOND)
    assert is_in(client)


def test_a_login_lasts_as_long_though_its_second_step_was_waited_for(client, editor, clock):
    _secret, codes = with_app(editor)
    client.post("/admin/login/", {"username": "astrid", "password": PASSWORD})
    clock.shift(timedelta(minutes=9))
    client.post("/admin/login/code/", {"code": codes[0]})
    clock.shift(IDLE_EDITORS - SECOND)
    assert is_in(client)


def test_what_scripts_ask_by_themselves_makes_no_login_longer(inquiry_staff, clock):
    client = logged_in(inquiry_staff)
    assert is_in(client)
    for address in (f"{CASE}draft/", "/admin/pages/page/check/", GUIDE):
        clock.shift(timedelta(minutes=9))
        client.post(address, {"reply-text": "x"}, headers=BY_SCRIPT)
    assert is_in(client, **BY_SCRIPT)
    clock.shift(timedelta(minutes=3))
    assert not is_in(client)


def test_no_script_asks_as_a_click_does():
    """A click asks for text/html first. A script that sent this header would make logins longer."""
    for script in Path(settings.BASE_DIR / "static").rglob("*.js"):
        assert not re.search(r"\bAccept\b|http-equiv|location\.reload", script.read_text()), script


def test_a_role_in_the_inbox_shortens_a_login_that_has_begun(editor, clock):
    client = logged_in(editor)
    editor.groups.add(Group.objects.get(name=INQUIRY_STAFF))
    assert is_in(client)
    clock.shift(IDLE_INBOX)
    assert not is_in(client)


def idle(client, clock):
    clock.shift(IDLE_EDITORS)


def grown_old(client, clock):
    for _click in range(21):
        clock.shift(timedelta(minutes=29))
        client.get(NO_PAGE)


def logged_out_elsewhere(client, clock):
    other = Client()
    other.cookies.update(client.cookies)
    other.post("/admin/logout/")


@pytest.mark.parametrize("end", [idle, grown_old, logged_out_elsewhere])
def test_words_come_back_however_the_login_ended(end, administrator, clock):
    forms = (
        (f"{CASE}reply/", "reply-text"),
        (f"{CASE}note/", "note-text"),
        (f"/admin/pages/page/{draft().pk}/change/", "title_nb"),
        ("/admin/pages/claim/add/", "text_nb"),
        ("/admin/contact/replytemplate/add/", "text_nb"),
        ("/admin/auth/user/add/", "first_name"),
    )
    for address, name in forms:
        client = logged_in(administrator)
        client.get(GUIDE)
        end(client, clock)
        asked = client.post(address, {FIELD: stamp(administrator.pk), name: CANARY})
        assert asked.status_code == 403
        assert CANARY not in asked.text
        assert hidden(log_in(client, asked, administrator))[name] == CANARY, address
