"""Sessions lie under a digest: their table gives no thief a login."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.cast import PASSWORD, logged_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/guide/"


def with_key(key):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def test_what_stands_in_the_table_is_no_key(editor):
    client = logged_in(editor)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    stored = Session.objects.get().session_key
    assert with_key(key).get(PAGE).status_code == 200
    assert with_key(stored).get(PAGE).status_code == 302
    assert key not in str(Session.objects.values())


def test_a_new_key_at_each_login_and_an_ended_session_is_gone(editor, client):
    keys = set()
    for _login in range(2):
        client.post("/admin/login/", {"username": "astrid", "password": PASSWORD})
        keys.add(client.cookies[settings.SESSION_COOKIE_NAME].value)
        assert client.get(PAGE).status_code == 200
        assert Session.objects.count() == 1
        client.post("/admin/logout/")
        assert not Session.objects.exists()
    assert len(keys) == 2
    assert with_key(keys.pop()).get(PAGE).status_code == 302


def test_what_is_kept_in_a_session_does_not_move_its_end(editor):
    """A script that keeps something for its page is no click."""
    with time_machine.travel("2026-06-01T08:00:00Z", tick=False) as clock:
        client = logged_in(editor)
        end = Session.objects.get().expire_date
        clock.shift(timedelta(minutes=20))
        session = client.session
        session["kept"] = "by a script"
        session.save()
        assert Session.objects.get().expire_date == end
