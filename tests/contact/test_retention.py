from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from contact import inbox
from contact.models import AccessEntry, Delivery, Inquiry
from contact.retention import erase_expired

pytestmark = pytest.mark.django_db


def after(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_a_closed_inquiry_is_erased_after_its_days_with_its_delivery(inquiry, inquiry_staff):
    inbox.close(inquiry, inquiry_staff)
    with after(days=30.1):
        assert erase_expired() == 1
    assert not Inquiry.objects.exists()
    assert not Delivery.objects.exists()


def test_the_access_log_keeps_the_reference_and_the_erasure(inquiry, inquiry_staff):
    inbox.close(inquiry, inquiry_staff)
    with after(days=31):
        erase_expired()
    assert {(e.reference, e.inquiry_id) for e in AccessEntry.objects.all()} == {(inquiry.reference, inquiry.pk)}
    assert [e.action for e in AccessEntry.objects.order_by("id")] == ["received", "closed", "erased"]


def test_nothing_is_erased_a_day_too_early(inquiry, inquiry_staff):
    inbox.close(inquiry, inquiry_staff)
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
    inbox.close(inquiry, inquiry_staff)
    inbox.reopen(inquiry, inquiry_staff)
    with after(days=31):
        assert erase_expired() == 0
        inbox.close(inquiry, inquiry_staff)
        assert erase_expired() == 0


def test_the_number_of_days_is_a_setting(inquiry, inquiry_staff, settings):
    settings.INQUIRY_RETENTION_DAYS = 3
    inbox.close(inquiry, inquiry_staff)
    with after(days=3.1):
        assert erase_expired() == 1


def test_the_command_says_how_many_are_gone(inquiry, inquiry_staff, capsys):
    inbox.close(inquiry, inquiry_staff)
    with after(days=31):
        call_command("erase_expired")
    assert "1" in capsys.readouterr().out
