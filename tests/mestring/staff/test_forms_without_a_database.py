"""A staff form that meets a database that is away stands there once more, and is sent again by its button."""

import re
from contextlib import contextmanager
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.test import Client

from mestring.staff.login import clicks
from mestring.staff.login.session_store import SessionStore
from mestring.staff.unsent.writer import FIELD, stamp
from pages.models import Claim
from tests.cast import logged_in
from tests.contact.conftest import CANARY
from tests.factories import draft

pytestmark = pytest.mark.django_db
CASE = "/admin/contact/inquiry/00000000-0000-0000-0000-000000000001/"
OURS = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def full_disk():
    """The first thing that a request of staff writes fails."""

    def fail(*_arguments):
        raise OperationalError("database or disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clicks.SessionStore, "click", fail)
        yield


def send(client, address, typed, headers=OURS):
    with full_disk():
        answer = client.post(address, typed, headers=headers)
    assert answer.status_code == 503
    return answer


def fields(answer):
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text)}


def test_a_reply_that_meets_a_full_disk_is_shown_with_a_button_that_sends_it(inquiry_staff):
    typed = {FIELD: stamp(inquiry_staff.pk), "reply-text": f"{CANARY} & så <b>", "passphrase": "gul bil"}
    answer = send(logged_in(inquiry_staff), f"{CASE}reply/", typed)
    assert "tel:+4735019500" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert f'action="{CASE}reply/"' in answer.text
    assert fields(answer)["reply-text"] == typed["reply-text"]
    assert answer.text.count(CANARY) == 2  # in the form, and to be read
    assert "gul bil" not in answer.text


@pytest.mark.parametrize("name", ["code", "password", "passphrase", "typed", "new_password1"])
def test_no_code_password_passphrase_or_paper_stands_in_it(inquiry_staff, name):
    typed = {FIELD: stamp(inquiry_staff.pk), name: f"{CANARY} 123 456", "reply-text": "Vi ringer."}
    answer = send(logged_in(inquiry_staff), f"{CASE}reply/", typed)
    assert fields(answer)["reply-text"] == "Vi ringer."
    assert CANARY not in answer.text


@pytest.mark.parametrize("typed", [{}, {"passphrase": "gul bil"}])
def test_a_button_without_words_such_as_logging_out_does_not_say_that_words_stand_there(inquiry_staff, typed):
    answer = send(logged_in(inquiry_staff), "/admin/logout/", {FIELD: stamp(inquiry_staff.pk)} | typed)
    assert "står her" not in answer.text
    assert "tel:+4735019500" in answer.text


def test_when_there_is_room_again_the_button_saves_what_was_typed(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    form = client.get("/admin/pages/claim/add/")
    typed = {"csrfmiddlewaretoken": fields(form)["csrfmiddlewaretoken"], FIELD: stamp(editor.pk)}
    typed |= {"name": "apent", "text_nb": "Vi har åpent", "position": "1", "_save": "1"}
    refused = send(client, "/admin/pages/claim/add/", typed)
    assert not Claim.objects.exists()
    assert client.post("/admin/pages/claim/add/", fields(refused), headers=OURS).status_code == 302
    assert Claim.objects.get().text_nb == "Vi har åpent"


def test_rich_text_is_read_without_its_marks(editor):
    page = draft()
    typed = {FIELD: stamp(editor.pk), "text_blocks-0-text_nb": f"<p>{CANARY} og <b>mer</b></p>"}
    answer = send(logged_in(editor), f"/admin/pages/page/{page.pk}/change/", typed)
    assert f"{CANARY} og mer" in answer.text
    assert fields(answer)["text_blocks-0-text_nb"] == typed["text_blocks-0-text_nb"]


def test_so_it_is_when_the_database_does_not_even_say_who_is_logged_in(inquiry_staff):
    client = logged_in(inquiry_staff)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SessionStore.get_model_class()._meta.db_table} RENAME TO away")
    typed = {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY}
    ours = client.post(f"{CASE}reply/", typed, headers=OURS)
    assert (ours.status_code, fields(ours)["reply-text"]) == (503, CANARY)
    other = client.post(f"{CASE}reply/", typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert (other.status_code, CANARY in other.text) == (503, False)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {}], ids=["another site", "silence"])
def test_what_no_page_of_ours_has_sent_is_not_shown(inquiry_staff, headers):
    typed = {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY}
    answer = send(logged_in(inquiry_staff), f"{CASE}reply/", typed, headers)
    assert CANARY not in answer.text


def test_a_form_that_names_no_writer_is_not_shown(inquiry_staff):
    answer = send(logged_in(inquiry_staff), f"{CASE}reply/", {"reply-text": CANARY})
    assert CANARY not in answer.text
