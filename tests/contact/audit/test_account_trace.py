"""What the access log says of one account since a moment."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from contact.audit.access_log import note, note_each
from contact.audit.account_trace import accounts_that_are_gone, trace_account
from contact.audit.hash_chain import drop_expired_months, link_new_entries, month_of
from contact.models import AccessEntry

pytestmark = pytest.mark.django_db
Action = AccessEntry.Action
HOUR = timedelta(hours=1)


def told(deeds):
    return {deed.name: (deed.times, [one.reference for one in deed.inquiries]) for deed in deeds}


def test_it_counts_what_was_seen_and_what_was_taken_out_with_the_references(inquiry, inquiry_staff, administrator):
    since = timezone.now()
    note(Action.LISTED, inquiry_staff)
    note_each(Action.NAMES_SEEN, inquiry_staff, [inquiry])
    for _look in range(2):
        note(Action.OPENED, inquiry_staff, inquiry=inquiry)
    note(Action.TABLE_SAVED, inquiry_staff, rows=1)
    note(Action.TEXT_SAVED, inquiry_staff, inquiry=inquiry)
    note(Action.CLOSED, inquiry_staff, inquiry=inquiry)
    note(Action.OPENED, administrator, inquiry=inquiry)  # another's look
    trace = trace_account(inquiry_staff.pk, since)
    mine = [inquiry.reference]
    assert told(trace.looks) == {
        "Så gjennom innboksen": (1, []), "Navn sett i innboksen": (1, mine), "Søkt i innboksen": (0, []),
        "Åpnet": (2, mine),
    }  # fmt: skip
    assert list(told(trace.taken_out).values()) == [(0, []), (1, []), (1, mine), (0, [])]
    assert list(told(trace.others).values()) == [(1, mine)]
    assert trace.with_content == 1


def test_what_was_before_is_not_counted_and_what_was_at_the_very_moment_is(inquiry, inquiry_staff):
    note(Action.OPENED, inquiry_staff, inquiry=inquiry)
    at = AccessEntry.objects.filter(action=Action.OPENED).get().at
    assert trace_account(inquiry_staff.pk, at).with_content == 1
    assert trace_account(inquiry_staff.pk, at + timedelta(microseconds=1)).with_content == 0


def test_an_erased_inquiry_and_a_deleted_account_are_still_traced(inquiry, inquiry_staff):
    note(Action.OPENED, inquiry_staff, inquiry=inquiry)
    number, since = inquiry_staff.pk, timezone.now() - HOUR
    inquiry.delete()
    inquiry_staff.delete()
    (opened,) = (deed for deed in trace_account(number, since).looks if deed.inquiries)
    assert [one.is_here for one in opened.inquiries] == [False]
    assert accounts_that_are_gone(set(User.objects.values_list("pk", flat=True))) == {number: "ivar"}


def test_an_account_without_entries_has_an_empty_trace(inquiry_staff):
    trace = trace_account(inquiry_staff.pk, timezone.now() - HOUR)
    assert {deed.times for deed in trace.looks + trace.taken_out} == {0}
    assert (trace.others, trace.with_content, trace.erased_months) == ([], 0, [])


def test_months_of_the_log_that_are_erased_are_said(inquiry_staff):
    long_ago = timezone.now() - timedelta(days=1200)
    AccessEntry.objects.create(action=Action.OPENED, user=inquiry_staff, username="ivar", at=long_ago)
    link_new_entries()
    note(Action.OPENED, inquiry_staff)
    link_new_entries()
    assert trace_account(inquiry_staff.pk, long_ago).erased_months == []
    assert drop_expired_months() == 1
    assert trace_account(inquiry_staff.pk, long_ago).erased_months == [month_of(long_ago)]
    assert trace_account(inquiry_staff.pk, timezone.now() - HOUR).erased_months == []
