"""While a rehearsal's inquiry is stored, every page, table and number of staff is as it was without it."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.cases.deadlines import inquiries_open_too_long, overdue_inquiries, waiting_inquiries
from contact.cases.unread import unread_inquiries
from contact.models import AccessEntry, Delivery, Inquiry
from contact.notifications.outbox import deliver_due, is_failing
from contact.references import inquiries_with
from contact.rehearsal.walk import WORDS
from contact.retention import erasing_round
from contact.retention.erasing_round import count_due
from contact.retention.quarterly_statistics import count_quarter, quarter_of
from tests.contact.rehearsal.conftest import OPERATOR

pytestmark = pytest.mark.django_db
INBOX = "/admin/contact/inquiry/"
SHOWN = ("waiting", "over", "today", "open", "long", "closed")
PAGES = [
    "/admin/", INBOX, *(f"{INBOX}?show={show}" for show in SHOWN), f"{INBOX}?show=open&role=patient&language=nb",
    f"{INBOX}?owner=nobody", f"{INBOX}statistics/", f"{INBOX}export/?show=open", "/admin/contact/accessentry/",
    "/admin/contact/erasinground/",
]  # fmt: skip
BUTTONS = ("reply", "note", "outside", "next-step", "step-done", "close", "take", "hold", "spam", "copy", "erase")
CHANGES_BY_ITSELF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def everything(client) -> dict[str, str]:
    """Show every page, the search and the table; return what they say."""
    said = {page: client.get(page, follow=True).text for page in PAGES}
    said["search"] = client.post(f"{INBOX}search/", {"words": "prøvehenvendelsen"}).text
    table = client.post(f"{INBOX}export/?show=open", {"content": "with"})
    said["table"] = b"".join(table.streaming_content).decode()
    return {name: CHANGES_BY_ITSELF.sub("", text) for name, text in said.items()}


def test_no_page_search_or_table_says_anything_of_it(inquiry, inquiry_client, make_trial):
    with time_machine.travel(timezone.now(), tick=False):
        everything(inquiry_client)  # what a first look logs
        before = everything(inquiry_client)
        trial = make_trial()
        with CaptureQueriesContext(connection) as captured:
            after = everything(inquiry_client)
    for name, text in after.items():
        assert trial.reference not in text, name
        if "accessentry" not in name:  # it lists the looks of this very test
            assert text == before[name], name
    asked = [query["sql"].split(" WHERE ", 1) for query in captured if 'FROM "contact_inquiry"' in query["sql"]]
    assert len(asked) > 20
    for _columns, condition in asked:
        assert f"\"status\" = '{Inquiry.REHEARSAL}'" in condition, condition


def test_no_number_of_the_metrics_counts_it(client, make_trial):
    def numbers():
        return [line for line in client.get("/metrics").text.splitlines() if re.search("inquir|mail", line)]

    before = numbers()
    assert len(before) > 10
    make_trial()
    assert numbers() == before


def test_it_has_no_page_and_no_button(trial, inquiry_client):
    assert inquiry_client.get(f"{INBOX}{trial.pk}/change/").status_code == 404
    for name in BUTTONS:
        assert inquiry_client.post(f"{INBOX}{trial.pk}/{name}/", {"text": "x"}).status_code == 404, name
    paper = "--paper=nowhere"
    with pytest.raises(CommandError):
        call_command("inbox", "open", trial.reference, paper, stdout=io.StringIO())
    assert not inquiries_with([trial.reference]).exists()


def test_no_number_counts_it_and_no_round_erases_or_announces_it_to_staff(trial, mailbox, settings):
    settings.OPERATOR_MAIL = OPERATOR
    assert deliver_due() == 1
    assert [mail["To"] for mail in mailbox.taken] == [OPERATOR]
    assert not any(count_quarter(quarter_of(timezone.now())).values())
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        now = timezone.now()
        for rows in (unread_inquiries(), waiting_inquiries(), overdue_inquiries(now), inquiries_open_too_long()):
            assert not rows.exists()
        assert (count_due().closed, count_due().quarantined) == (0, 0)
        erasing_round.erase_expired(even_so=True)
        assert deliver_due() == 0
    assert Inquiry.with_rehearsals.get() == trial


def test_staff_are_not_told_that_mail_fails_when_the_operator_s_mail_does(trial, mailbox, settings):
    settings.OPERATOR_MAIL = OPERATOR
    mailbox.refuses = True
    Delivery.objects.update(not_before=timezone.now() - timedelta(hours=1), attempts=5)
    assert deliver_due() == 0
    assert not is_failing()


def test_the_access_log_lists_rehearsals_when_they_are_asked_for(trial, inquiry_client):
    sentence = "Nettstedet sendte seg selv en prøvehenvendelse"
    assert AccessEntry.objects.filter(action="rehearsed").count() == 1
    assert sentence not in inquiry_client.get("/admin/contact/accessentry/").text
    asked = inquiry_client.get("/admin/contact/accessentry/?action__exact=rehearsed").text
    assert sentence in asked
    assert trial.reference not in asked


def test_the_words_of_a_rehearsal_are_stored_sealed(trial):
    assert WORDS.encode() not in bytes(trial.sealed)
