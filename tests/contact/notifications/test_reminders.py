"""Once a day staff are reminded of what is unread or has been open too long."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.cases.reading import open_inquiry
from contact.cases.status import close
from contact.models import AccessEntry, Delivery, Inquiry
from contact.notifications.outbox import deliver_due
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
NEXT_MORNING = "2026-05-20T06:30:00Z"  # half past eight in Norway


def test_each_morning_staff_are_reminded_of_what_is_unread_also_of_what_may_be_spam(mailbox, inquiry):
    deliver_due()
    Inquiry.objects.update(received_at=datetime(2026, 5, 18, tzinfo=UTC), quarantined=True)
    Delivery.objects.update(sent_at=datetime(2026, 5, 18, tzinfo=UTC))
    with time_machine.travel("2026-05-20T05:30:00Z", tick=False):
        assert deliver_due() == 0  # too early
    with time_machine.travel(NEXT_MORNING, tick=False):
        assert [deliver_due(), deliver_due()] == [1, 0]
    mail = mailbox.taken[-1]
    assert mail["Subject"] == "1 henvendelse er ikke lest"
    assert CANARY not in mail.as_string()
    assert inquiry.reference not in mail.as_string()
    with time_machine.travel("2026-05-21T06:30:00Z", tick=False):
        assert deliver_due() == 1
        open_inquiry(inquiry, None)
    with time_machine.travel("2026-05-22T06:30:00Z", tick=False):
        assert deliver_due() == 0


def test_staff_are_not_reminded_of_what_was_read_a_moment_ago(mailbox, inquiry):
    deliver_due()
    days_ago = timezone.now() - timedelta(days=4)
    Inquiry.objects.update(received_at=days_ago)
    Delivery.objects.update(sent_at=days_ago)
    Delivery.objects.create(kind=Delivery.Kind.REMINDER, day=timezone.localdate())
    open_inquiry(inquiry, None)
    assert deliver_due() == 0
    assert len(mailbox.taken) == 1


def test_the_reminder_says_how_many_have_been_open_for_very_long_and_nothing_else_of_them(
    mailbox, inquiry, inquiry_staff
):
    deliver_due()
    open_inquiry(inquiry, inquiry_staff)
    Delivery.objects.update(sent_at=datetime(2026, 1, 18, tzinfo=UTC))
    Inquiry.objects.update(received_at=datetime(2026, 1, 18, tzinfo=UTC), waiting_since=None)
    with time_machine.travel("2026-07-01T06:30:00Z", tick=False):
        assert deliver_due() == 0  # read, and not half a year old
    with time_machine.travel("2026-07-21T06:30:00Z", tick=False):
        assert [deliver_due(), deliver_due()] == [1, 0]
    mail = mailbox.taken[-1]
    assert mail["Subject"] == "1 henvendelse har vært åpen lenge"
    assert "1 henvendelse har vært åpen i mer enn 180 dager" in mail.get_content()
    assert "ikke lest" not in mail.get_content()
    for secret in (CANARY, inquiry.reference, str(inquiry.pk), "Sol", "http"):
        assert secret not in mail.as_string()
    close(inquiry, inquiry_staff, "not_needed")
    with time_machine.travel("2026-07-22T06:30:00Z", tick=False):
        assert deliver_due() == 0


def test_the_reminder_counts_what_is_unread_and_what_is_old_each_for_itself(mailbox, inquiry):
    deliver_due()
    Delivery.objects.update(sent_at=datetime(2026, 1, 18, tzinfo=UTC))
    Inquiry.objects.update(received_at=datetime(2026, 1, 18, tzinfo=UTC), waiting_since=None)
    with time_machine.travel("2026-07-21T06:30:00Z", tick=False):
        deliver_due()
    mail = mailbox.taken[-1]
    assert mail["Subject"] == "1 henvendelse er ikke lest"
    assert "1 henvendelse er ikke lest av noen." in mail.get_content()
    assert "1 henvendelse har vært åpen i mer enn 180 dager" in mail.get_content()


def test_reminders_are_forgotten_after_a_month(mailbox, inquiry):
    Delivery.objects.create(kind=Delivery.Kind.REMINDER, day=date(2026, 1, 1), sent_at=timezone.now())
    deliver_due()
    assert not Delivery.objects.filter(kind=Delivery.Kind.REMINDER).exists()


def test_the_mail_of_the_morning_counts_late_steps_and_answers_and_says_no_word_of_them(
    mailbox, inquiry, inquiry_staff
):
    deliver_due()
    AccessEntry.objects.create(action="opened", inquiry_id=inquiry.pk, user=inquiry_staff)
    long_ago = datetime(2026, 5, 18, 8, tzinfo=UTC)
    Delivery.objects.update(sent_at=long_ago)
    Inquiry.objects.update(received_at=long_ago, waiting_since=None, next_step_at=long_ago)
    with time_machine.travel("2026-05-20T06:30:00Z", tick=False):
        assert deliver_due() == 1
    assert "1 neste steg skulle vært gjort." in mailbox.taken[-1].get_content()
    Inquiry.objects.update(waiting_since=long_ago, next_step_at=None)
    with time_machine.travel("2026-05-21T06:30:00Z", tick=False):
        assert deliver_due() == 1
    assert "1 henvendelse skulle hatt svar." in mailbox.taken[-1].get_content()
    assert inquiry.reference not in mailbox.taken[-1].as_string()
