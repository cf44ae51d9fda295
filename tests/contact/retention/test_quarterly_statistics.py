"""Each inquiry is counted once in its quarter, whatever happens to it; no published number gives a person away."""

import itertools
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contact.models import AccessEntry, Delivery, Inquiry, Message, Quarter, QuarterCount
from contact.retention import erasing_round, quarterly_statistics
from contact.retention.erasure import erase
from contact.retention.quarterly_statistics import (
    close_quarters,
    count_quarter,
    hide_small_numbers,
    quarter_of,
)
from tests.proofs import examples

SPRING = date(2026, 4, 1)
IN_MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)
AFTER = datetime(2026, 7, 20, 12, tzinfo=UTC)


class Undo(Exception):
    """Take back what one example did."""


def wrote(key, role="patient", language="nb", at=IN_MAY, **more):
    """Store an inquiry as intake does, without sealing anything."""
    number = next(NUMBERS)
    columns = {"reference": "X", "locator": f"{number:032}", "key": key, "sealed": b"", "received_at": at}
    return Inquiry.objects.create(role=role, language=language, **columns, **more)


NUMBERS = itertools.count()


def replied(inquiry, after):
    add(inquiry, "reply", after)


def add(inquiry, kind, after):
    at = inquiry.received_at + after
    Message.objects.create(inquiry=inquiry, kind=kind, key=inquiry.key, sealed=b"", written_at=at)


def by_kind(start=SPRING):
    return {f"{kind} {name}": n for (kind, name), n in count_quarter(start).items() if n}


# --- once, and only once ---------------------------------------------------------------------------

STEPS = ["write", "spam", "no spam", "reply", "close", "sender", "expired", "asked", "restored", "write", "write"]
SEQUENCES = st.lists(
    st.tuples(
        st.sampled_from(STEPS),
        st.integers(0, 20),
        st.sampled_from(Inquiry.Role.values),
        st.sampled_from(["nb", "nn", "en"]),
        st.sampled_from([timedelta(hours=2), timedelta(days=2), timedelta(days=5), timedelta(days=9)]),
    ),
    max_size=25,
)


def waited(first):
    limits = (("day", 1), ("three_days", 3), ("week", 7))
    return next((name for name, days in limits if first and first <= timedelta(days=days)), "later")


def test_whatever_happens_to_inquiries_each_counts_once(keyring, inquiry_staff):
    @settings(max_examples=examples(25), deadline=None, database=None)
    @given(SEQUENCES)
    @example([(step, 0, "patient", "nb", timedelta(days=2)) for step in ("spam", "reply", "restored")])
    def try_one(sequence):
        try:
            with transaction.atomic():
                live, book = [], {}
                for step, number, role, language, after in sequence:
                    if step in ("write", "spam"):
                        live.append(one := wrote(keyring, role, language, quarantined=step == "spam"))
                        book[one.pk] = [role, language, None, step == "spam"]
                    elif live:
                        one = live[number % len(live)]
                        act(step, one, after, book[one.pk], inquiry_staff)
                        live = [one for one in live if Inquiry.objects.filter(pk=one.pk).exists()]
                    expected = {}
                    for role_of, language_of, first, marked in book.values():
                        spam = marked and first is None  # a sender who was answered is a person, not spam
                        for name in (f"role {role_of}", f"language {language_of}", f"wait {waited(first)}"):
                            if not spam:
                                expected[name] = expected.get(name, 0) + 1
                    assert by_kind() == expected
                raise Undo
        except Undo:
            pass

    try_one()


def act(step, one, after, line, user):
    match step:
        case "no spam":
            Inquiry.objects.filter(pk=one.pk).update(quarantined=False)
            line[3] = False
        case "reply":
            replied(one, after)
            line[2] = min(line[2] or after, after)
        case "close":
            Inquiry.objects.filter(pk=one.pk).update(status="closed", closed_at=IN_MAY)
        case "sender":
            erase(one, AccessEntry.Action.SENDER_ERASED)
        case "expired":
            with time_machine.travel(datetime(2026, 6, 30, tzinfo=UTC), tick=False):
                erasing_round.erase_expired(even_so=True)
        case "asked":
            erase(one, AccessEntry.Action.STAFF_ERASED, user=user)
        case "restored":  # a restored backup erases anew what its list of erasures names
            rows = Inquiry.objects.filter(pk=one.pk)
            gone = quarterly_statistics.read_countable(rows)
            rows.delete()
            quarterly_statistics.count_erased(gone)


@pytest.mark.django_db
def test_what_may_be_spam_is_not_counted_until_a_colleague_says_that_it_is_none(keyring):
    spam = wrote(keyring, quarantined=True)
    assert by_kind() == {}
    erase(spam, AccessEntry.Action.ERASED)
    assert by_kind() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["reply", "out", "sender"])
def test_what_is_marked_as_spam_and_has_become_a_thread_counts_as_a_person(keyring, kind):
    one = wrote(keyring, quarantined=True)
    add(one, "note", timedelta(minutes=1))
    assert by_kind() == {}
    for hours in (2, 3):
        add(one, kind, timedelta(hours=hours))
    expected = {"role patient": 1, "language nb": 1, f"wait {'day' if kind == 'reply' else 'later'}": 1}
    assert by_kind() == expected
    erase(one, AccessEntry.Action.ERASED)
    assert by_kind() == expected


@pytest.mark.django_db
def test_an_inquiry_that_comes_in_touches_no_count(receipt):
    assert not Quarter.objects.exists()
    assert not QuarterCount.objects.exists()
    assert Delivery.objects.exists()


# --- closing a quarter -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_closed_quarter_adds_what_is_stored_to_what_was_erased_and_never_changes_again(keyring):
    rows = [wrote(keyring, role) for role in ["patient"] * 12 + ["relative"] * 8 + ["referrer"] * 6]
    for one in rows[::2]:
        erase(one, AccessEntry.Action.ERASED)
    assert close_quarters(AFTER) == 1
    before = list(QuarterCount.objects.values_list("kind", "name", "count"))
    assert Quarter.objects.get().total == 26
    assert ("role", "patient", 12) in before
    assert ("role", "referrer", 6) in before
    replied(rows[1], timedelta(hours=1))
    for one in rows[1::2]:
        erase(one, AccessEntry.Action.ERASED)
    wrote(keyring)
    assert close_quarters(AFTER + timedelta(days=90)) <= 1
    assert list(QuarterCount.objects.filter(quarter__start=SPRING).values_list("kind", "name", "count")) == before


@pytest.mark.django_db
def test_a_quarter_is_closed_two_weeks_after_its_end_and_not_before(keyring):
    wrote(keyring)
    assert close_quarters(datetime(2026, 7, 14, 21, tzinfo=UTC)) == 0  # 23:00 in Norway
    assert close_quarters(datetime(2026, 7, 14, 23, tzinfo=UTC)) == 1
    assert close_quarters(datetime(2026, 7, 15, tzinfo=UTC)) == 0


@pytest.mark.django_db
def test_a_quarter_with_few_inquiries_keeps_no_number_at_all(keyring):
    for _one in range(19):
        wrote(keyring)
    close_quarters(AFTER)
    assert Quarter.objects.get().total is None
    assert not QuarterCount.objects.exists()


@pytest.mark.django_db
def test_small_numbers_are_not_kept_in_the_database_either(keyring):
    for role in ["patient"] * 15 + ["relative"] * 6 + ["referrer"] * 2:
        wrote(keyring, role)
    close_quarters(AFTER)
    roles = dict(QuarterCount.objects.filter(kind="role").values_list("name", "count"))
    assert roles == {"patient": 15, "relative": None, "referrer": None}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_four_who_erase_while_a_quarter_is_closed_lose_and_double_nothing(keyring):
    rows = [wrote(keyring) for _number in range(40)]

    def erase_some(part):
        for one in rows[part::5]:
            erase(one, AccessEntry.Action.ERASED)
        connection.close()

    def close_it():
        close_quarters(AFTER)
        connection.close()

    threads = [threading.Thread(target=erase_some, args=(part,)) for part in range(4)]
    threads.insert(2, threading.Thread(target=close_it))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Inquiry.objects.count() == 8
    assert Quarter.objects.get().total == 40


@pytest.mark.django_db
def test_a_round_of_erasing_closes_quarters_unless_something_looks_wrong(keyring):
    wrote(keyring)
    AccessEntry.objects.create(action="received", at=AFTER + timedelta(days=1))
    with time_machine.travel(AFTER, tick=False), pytest.raises(erasing_round.ErasingRefused):
        erasing_round.erase_expired()
    assert not Quarter.objects.exists()
    with time_machine.travel(AFTER + timedelta(days=2), tick=False):
        erasing_round.erase_expired()
    assert Quarter.objects.get().closed_at


@given(st.integers(1_700_000_000, 1_900_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_every_moment_lies_in_its_quarter(moment):
    start = quarter_of(moment)
    assert start.day == 1
    assert start.month in (1, 4, 7, 10)
    begins, ends = (
        quarterly_statistics._midnight(day) for day in (start, quarterly_statistics._next_quarter(start))
    )
    assert begins <= moment < ends


# --- what is hidden cannot be worked out -----------------------------------------------------------


def fillings(total, places):
    """Give every way to share out a total among so many places."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in fillings(total - first, places - 1):
            yield (first, *rest)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.integers(0, 4) | st.integers(5, 12), min_size=2, max_size=4))
def test_no_hidden_number_can_be_worked_out_from_the_total_and_the_shown_ones(numbers):
    if sum(numbers) <= len(numbers) * 4:
        return  # such a quarter is not published
    names = "abcd"[: len(numbers)]
    shown = hide_small_numbers(dict(zip(names, numbers, strict=True)))
    assert all(number is None or number >= 5 for number in shown.values())
    gaps = [name for name, number in shown.items() if number is None]
    if not gaps:
        return
    rest = sum(numbers) - sum(number or 0 for number in shown.values())
    possible = {name: set() for name in gaps}
    for filling in fillings(rest, len(gaps)):
        # An attacker who tries them all, knowing the rule, keeps those that would have been published like this.
        if hide_small_numbers(shown | dict(zip(gaps, filling, strict=True))) == shown:
            for name, number in zip(gaps, filling, strict=True):
                possible[name].add(number)
    assert all(len(values) > 1 for values in possible.values())


def test_nothing_of_a_number_is_left_of_an_erased_inquiry_but_the_count(inquiry):
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    rows = list(QuarterCount.objects.order_by("kind").values_list("kind", "name", "count"))
    assert rows == [("language", "nb", 1), ("role", "patient", 1), ("wait", "later", 1)]
