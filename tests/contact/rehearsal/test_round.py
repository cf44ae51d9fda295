"""A rehearsal goes a sender's whole way and leaves no inquiry; whatever breaks on the way is named."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from contact.crypto.return_code import format_code, parse_code
from contact.keys.keyring import fingerprint_file
from contact.models import AccessEntry, Delivery, Inquiry, Rehearsal, ThrottleCount, Tombstone
from contact.rehearsal.faults import FAULTS, LATE, NEVER
from contact.rehearsal.round import LONGEST
from contact.rehearsal.state import trouble
from contact.rehearsal.walk import WORDS
from contact.retention.quarterly_statistics import count_quarter, quarter_of
from contact.sender import intake, thread
from contact.sender.forms.private import PatientForm
from contact.sender.views import thread as thread_view
from tests.contact.rehearsal.conftest import OPERATOR

pytestmark = pytest.mark.django_db
Step = Rehearsal.Step


def lines(client):
    return client.get("/readyz").text.splitlines()


def test_a_rehearsal_that_goes_well_leaves_its_row_one_log_line_and_nothing_else(rehearsed, mailbox, client):
    assert rehearsed() == ""
    row = Rehearsal.objects.get()
    assert (row.failed, row.ended_at is None, row.inquiry_id is None) == ("", False, False)
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.inquiry_id, entry.reference) == ("rehearsed", None, "")
    for model in (Inquiry.with_rehearsals, Delivery.objects, Tombstone.objects, ThrottleCount.objects):
        assert not model.exists()
    assert not any(count_quarter(quarter_of(timezone.now())).values())
    assert lines(client) == ["ready"]
    [mail] = mailbox.taken
    assert mail["To"] == OPERATOR
    assert WORDS[:10] not in mail.as_string()


def nothing_delivers(stranger, mailbox, **_more):
    stranger.delivers = False


def mail_is_refused(stranger, mailbox, **_more):
    mailbox.refuses = True


def no_operator(stranger, settings, **_more):
    settings.OPERATOR_MAIL = ""


def a_form_that_refuses(stranger, monkeypatch, **_more):
    monkeypatch.setattr(PatientForm, "is_valid", lambda _form: False)


def no_page(stranger, **_more):
    stranger.browser.defaults["HTTP_HOST"] = "elsewhere.example"


def stored_in_the_clear(stranger, monkeypatch, **_more):
    monkeypatch.setattr(intake, "seal", lambda plain, *_place: plain)


def sealed_badly(stranger, monkeypatch, **_more):
    monkeypatch.setattr(intake, "seal", lambda *_place: b"\x01" + bytes(300))


def lost_fingerprints(stranger, **_more):
    fingerprint_file().unlink()


def no_thread(stranger, monkeypatch, **_more):
    monkeypatch.setattr(thread_view, "show", lambda request, _code: thread_view.after_receipt(_as_get(request)))


def _as_get(request):
    request.method = "GET"
    return request


def nothing_erases(stranger, monkeypatch, **_more):
    monkeypatch.setattr(thread, "erase", lambda *_asked: None)


@pytest.mark.parametrize(
    ("plant", "step"),
    [
        (no_page, Step.SITE),
        (a_form_that_refuses, Step.FORM),
        (stored_in_the_clear, Step.SEALING),
        (sealed_badly, Step.SEALING),
        (lost_fingerprints, Step.SEALING),
        (nothing_delivers, Step.NOTICE),
        (mail_is_refused, Step.NOTICE),
        (no_operator, Step.NOTICE),
        (no_thread, Step.THREAD),
        (nothing_erases, Step.ERASING),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_breaks_is_named_at_once_and_the_inquiry_erased(
    plant, step, rehearsed, stranger, mailbox, settings, monkeypatch, client
):
    plant(stranger, mailbox=mailbox, settings=settings, monkeypatch=monkeypatch)
    assert rehearsed() == step
    assert f"yellow: {FAULTS[step]}" in lines(client)
    assert not Inquiry.with_rehearsals.exists()


def test_a_database_that_takes_no_inquiry_is_named(rehearsed, monkeypatch, client):
    def full(**_columns):
        raise DatabaseError

    monkeypatch.setattr(Delivery.objects, "create", full)
    assert rehearsed() == Step.STORING
    assert f"yellow: {FAULTS[Step.STORING]}" in lines(client)


def test_one_that_was_cut_off_is_named_and_the_next_one_erases_what_it_left(trial, rehearsed, client):
    assert lines(client) == ["ready", *[line for line in lines(client)[1:] if "rehearsal" not in line]]
    with time_machine.travel(timezone.now() + LONGEST + timedelta(seconds=1)):
        assert f"yellow: {FAULTS[Step.CUT_OFF]}" in lines(client)
        assert rehearsed() == ""
    assert not Inquiry.with_rehearsals.exists()
    assert not Tombstone.objects.exists()


def test_one_at_work_is_left_alone_by_another(trial, rehearsed):
    assert rehearsed() == ""
    assert Inquiry.with_rehearsals.get() == trial


def test_a_clock_that_is_set_back_is_named_once(rehearsed, client):
    assert rehearsed() == ""
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        assert f"yellow: {FAULTS[Step.CLOCK]}" in lines(client)
        assert [rehearsed(), rehearsed()] == [Step.CLOCK, ""]


def test_a_night_without_a_rehearsal_is_named(rehearsed, client):
    rehearsed()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert f"yellow: {FAULTS[LATE]}" not in lines(client)
    with time_machine.travel(timezone.now() + timedelta(hours=27)):
        assert f"yellow: {FAULTS[LATE]}" in lines(client)


def test_a_live_site_that_never_rehearsed_says_so_a_day_after_its_first_inquiry(inquiry, settings):
    day_after = inquiry.received_at + timedelta(hours=27)
    assert trouble(day_after) == ""  # a demo
    settings.MODE = "live"
    assert [trouble(inquiry.received_at), trouble(day_after)] == ["", NEVER]


def test_its_code_opens_nothing_afterwards(rehearsed, stranger):
    assert rehearsed() == ""
    [code] = {format_code(parse_code(sent["code"])) for _address, sent in stranger.sent if "code" in sent}
    assert "Vi fant ikke noe" in stranger.ask("/kontakt/svar/", {"code": code}).page
