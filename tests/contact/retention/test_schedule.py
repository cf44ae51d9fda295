"""A closed case and spam that was read go on their day; what no colleague has opened never does."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from contact.cases import reading, status
from contact.keys.key_holders import paper_file
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.retention.erasing_round import erase_expired
from mestring.staff.dashboard import waiting_lines

pytestmark = pytest.mark.django_db


def after(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_a_closed_inquiry_is_erased_after_its_days_with_its_delivery(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=30.1):
        assert erase_expired() == 1
    assert not Inquiry.objects.exists()
    assert not Delivery.objects.exists()


def test_the_access_log_keeps_the_reference_and_the_erasure(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=31):
        erase_expired()
    assert {(e.reference, e.inquiry_id) for e in AccessEntry.objects.all()} == {(inquiry.reference, inquiry.pk)}
    assert [e.action for e in AccessEntry.objects.order_by("id")] == ["received", "closed", "journaled", "erased"]


def test_nothing_is_erased_a_day_too_early(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=29.9):
        assert erase_expired() == 0
    assert Inquiry.objects.exists()


def test_an_open_inquiry_is_never_erased(inquiry):
    with after(days=4000):
        assert erase_expired() == 0


def test_an_open_inquiry_is_not_erased_even_if_a_closing_date_was_left_on_it(inquiry):
    Inquiry.objects.update(closed_at=timezone.now())
    with after(days=4000):
        assert erase_expired() == 0


def test_a_reopened_inquiry_counts_its_days_anew(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    status.reopen(inquiry, inquiry_staff)
    with after(days=31):
        assert erase_expired() == 0
        status.close(inquiry, inquiry_staff, "recorded")
        assert erase_expired() == 0


def test_the_number_of_days_is_a_setting(inquiry, inquiry_staff, settings):
    settings.INQUIRY_RETENTION_DAYS = 3
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=3.1):
        assert erase_expired() == 1


def test_the_command_says_how_many_are_gone(inquiry, inquiry_staff, capsys):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=31):
        call_command("erase_expired")
    assert "1" in capsys.readouterr().out


# --- what may be spam --------------------------------------------------------------------------


@pytest.fixture
def spam(inquiry):
    Inquiry.objects.update(quarantined=True)
    inquiry.refresh_from_db()
    return inquiry


def test_unread_spam_is_never_erased(spam):
    with after(days=29):
        reading.open_with_paper(spam, paper_file().read_text(encoding="utf-8"))
    Inquiry.objects.create(**copy_of(spam))
    with after(days=60):
        assert erase_expired() == 1
    with after(days=66):
        assert erase_expired() == 0
    assert Inquiry.objects.count() == 1


def copy_of(inquiry):
    return {
        "key": inquiry.key, "sealed": inquiry.sealed, "role": "patient", "language": "nb", "reference": "00-1",
        "locator": "another", "quarantined": inquiry.quarantined, "received_at": inquiry.received_at,
    }  # fmt: skip


def test_spam_that_was_read_is_erased_thirty_days_after_a_colleague_last_did_something_with_it(
    spam, inquiry_staff
):
    reading.open_inquiry(spam, inquiry_staff)
    with after(days=29):
        reading.open_inquiry(spam, inquiry_staff)
    with after(days=58):
        assert erase_expired() == 0
    with after(days=59.1):
        assert erase_expired() == 1
    assert AccessEntry.objects.order_by("-id")[0].action == "erased"


@pytest.mark.parametrize("kind", ["sender", "reply"])
def test_what_has_become_a_thread_is_no_spam(spam, inquiry_staff, kind):
    reading.open_inquiry(spam, inquiry_staff)
    Message.objects.create(inquiry=spam, kind=kind, key=spam.key, sealed=b"x")
    with after(days=400):
        assert erase_expired() == 0
        status.close(spam, inquiry_staff, "recorded")
    with after(days=431):
        assert erase_expired(even_so=True) == 1


def test_spam_with_which_a_colleague_has_planned_something_stays_until_that_is_done(spam, inquiry_staff):
    reading.open_inquiry(spam, inquiry_staff)
    Inquiry.objects.update(next_step_at=timezone.now() + timedelta(days=90))
    with after(days=40):
        assert erase_expired() == 0
        Inquiry.objects.update(next_step_at=None)
        assert erase_expired() == 1


def test_a_note_among_colleagues_makes_no_thread(spam, inquiry_staff):
    reading.open_inquiry(spam, inquiry_staff)
    Message.objects.create(inquiry=spam, kind="note", key=spam.key, sealed=b"x")
    with after(days=31):
        assert erase_expired() == 1


def test_what_was_found_to_be_no_spam_stays_until_it_is_closed(spam, inquiry_staff):
    reading.open_inquiry(spam, inquiry_staff)
    status.mark_no_spam(spam, inquiry_staff)
    with after(days=400):
        assert erase_expired() == 0


def test_spam_that_a_colleague_closes_goes_like_any_other_case(spam, inquiry_staff):
    status.close(spam, inquiry_staff, "recorded")
    with after(days=31):
        assert erase_expired() == 1


def test_colleagues_say_that_something_is_no_spam(inquiry_client, spam):
    page = f"/admin/contact/inquiry/{spam.pk}/"
    assert "not-spam" in inquiry_client.get(f"{page}change/").text
    inquiry_client.post(f"{page}not-spam/")
    assert "not-spam" not in inquiry_client.get(f"{page}change/").text


def test_an_inquiry_open_for_half_a_year_is_asked_about_and_never_erased(inquiry, inquiry_staff):
    with after(days=179):
        assert "180 dager" not in str(waiting_lines(inquiry_staff))
    with after(days=181):
        assert "1 henvendelse har vært åpen i mer enn 180 dager." in str(waiting_lines(inquiry_staff))
        assert erase_expired() == 0
