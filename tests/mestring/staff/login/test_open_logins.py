"""A colleague sees where they are logged in, and logs out elsewhere."""

import re

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.test import Client

from contact.models import Unlocked
from mestring.roles import INQUIRY_STAFF
from mestring.staff.login.browser_words import browser_in_words
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
PAGE, GUIDE, UNLOCK = "/admin/login/mine/", "/admin/guide/", "/admin/contact/inquiry/unlock/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


def browser(person, line):
    client = Client(headers={"User-Agent": line})
    client.post("/admin/login/", {"username": person.username, "password": PASSWORD})
    return client


def is_in(client):
    return client.get(GUIDE).status_code == 200


def rows(response):
    return re.findall(r'name="end" value="([0-9a-f]{40})"', response.text)


def test_each_login_is_listed_with_its_browser_and_this_one_marked(editor, reviewer):
    here, elsewhere, _another_s = browser(editor, EDGE), browser(editor, IPHONE), browser(reviewer, FIREFOX)
    page = here.get(PAGE)
    assert "Edge på Windows</strong> – denne innloggingen" in page.text
    assert "Safari på iPhone" in page.text
    assert "Firefox" not in page.text
    assert "142" not in page.text + str(here.session.items())
    assert "127.0.0.1" not in str(here.session.items())
    assert len(rows(page)) == 1
    assert is_in(elsewhere)


def test_the_last_used_stands_first_with_its_times_and_one_that_is_too_old_nowhere(editor):
    with time_machine.travel("2026-06-01T08:00:00Z", tick=False) as clock:
        old, phone = browser(editor, FIREFOX), browser(editor, IPHONE)
        for _click in range(6):
            clock.shift(110 * 60)
            old.get(GUIDE)
            here, phone = phone, browser(editor, IPHONE)
        editor.groups.add(Group.objects.get(name=INQUIRY_STAFF))
        phone.get(GUIDE)
        here = browser(editor, EDGE)
        clock.shift(300)
        page = here.get(PAGE).text
    shown = re.findall(r"<p><strong>([^<]+)</strong>|Logget inn ([^<]+?), sist brukt ([^<]+)<", page)
    assert [" ".join(filter(None, row)) for row in shown][:4] == [
        "Edge på Windows", "1. juni 21:00 1. juni 21:05", "Safari på iPhone", "1. juni 21:00 1. juni 21:00",
    ]  # fmt: skip
    assert "Firefox" not in page


def test_what_is_saved_of_a_colleague_without_a_new_password_ends_no_login(editor):
    client = browser(editor, FIREFOX)
    editor.last_name = "Berg"
    editor.save()
    assert is_in(client)


def test_a_login_with_another_password_is_not_listed_though_no_signal_ended_it(editor):
    """As when an operator puts the password into the database: Django lets that login in no more."""
    elsewhere = browser(editor, FIREFOX)
    User.objects.filter(pk=editor.pk).update(password=make_password("en-ny-hest-9-batteri"))
    here = Client()
    here.force_login(User.objects.get(pk=editor.pk))
    assert rows(here.get(PAGE)) == []
    assert not is_in(elsewhere)


def test_one_login_or_all_others_are_ended_and_no_other_colleague_s(editor, reviewer):
    here, first, second, other = (browser(one, FIREFOX) for one in (editor, editor, editor, reviewer))
    first_row = rows(first.get(PAGE)), rows(second.get(PAGE))
    key = (set(first_row[1]) - set(first_row[0])).pop()  # that of `first`: no browser lists a button for its own
    here.post(PAGE, {"end": key})
    assert [is_in(one) for one in (here, first, second)] == [True, False, True]
    third = browser(editor, FIREFOX)
    here.post(PAGE, {"others": "1"})
    assert [is_in(one) for one in (here, second, third, other)] == [True, False, False, True]
    here.post(PAGE, {"end": rows(browser(reviewer, FIREFOX).get(PAGE))[0]})
    assert is_in(other)


def test_logging_out_elsewhere_locks_the_inbox_there_alone(enrolled):
    here, elsewhere = logged_in(enrolled.user), logged_in(enrolled.user)
    for client in (here, elsewhere):
        client.post(UNLOCK, {"passphrase": PASSPHRASE})
    assert Unlocked.objects.count() == 2
    here.post(PAGE, {"end": rows(here.get(PAGE))[0]})
    assert Unlocked.objects.get().session == here.session["unlocked"]


def test_a_new_password_ends_the_other_logins_and_locks_the_inbox_there(enrolled):
    here, elsewhere = logged_in(enrolled.user), logged_in(enrolled.user)
    elsewhere.post(UNLOCK, {"passphrase": PASSPHRASE})
    new = "en-ny-hest-9-batteri"
    answer = here.post(
        "/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert answer.status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert not Unlocked.objects.exists()
    assert rows(here.get(PAGE)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (FIREFOX, "Firefox på Linux"),
        (EDGE, "Edge på Windows"),
        (IPHONE, "Safari på iPhone"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_its_user_knows_it(line, words):
    assert browser_in_words(line) == words
