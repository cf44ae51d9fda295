"""A round that looks wrong erases nothing, says why, and leaves the decision to an operator."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from contact.audit.hash_chain import link_new_entries
from contact.cases import status
from contact.models import AccessEntry, ErasingRound, Inquiry, Tombstone
from contact.retention import erasing_round
from contact.retention.erasing_round import ErasingRefused, erase_expired
from contact.retention.erasure import erase
from mestring.staff.dashboard import waiting_lines
from tests.contact.audit import database_clock
from tests.contact.retention.test_schedule import after, copy_of

pytestmark = pytest.mark.django_db
ERASING = "/admin/contact/erasinground/"


def many(inquiry, closed, still_open=0):
    now = timezone.now()
    Inquiry.objects.bulk_create(
        Inquiry(**copy_of(inquiry) | {
            "locator": f"{number}", "status": "closed" if number < closed else "open",
            "closed_at": now if number < closed else None,
        })
        for number in range(closed + still_open)
    )  # fmt: skip


def refusal():
    with pytest.raises(ErasingRefused) as refused:
        erase_expired()
    assert erasing_round.reason_stopped() == str(refused.value)
    return refused.value.outcome


def test_a_clock_earlier_than_the_newest_entry_erases_nothing(inquiry):
    AccessEntry.objects.create(action="opened", at=timezone.now() + timedelta(hours=1))
    assert refusal() == "behind"
    assert erase_expired(even_so=True) == 0
    assert not erasing_round.reason_stopped()


def test_a_clock_that_jumped_ahead_erases_nothing_until_a_person_says_so(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    erase_expired()
    with after(days=31):
        assert refusal() == "ahead"
        assert refusal() == "ahead", "a refused round is no round"
        assert Inquiry.objects.exists()
        assert erase_expired(even_so=True) == 1
        assert erase_expired() == 0


def test_a_clock_that_jumped_ahead_forgets_no_tombstone(inquiry):
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    erase_expired()
    with after(days=731):
        refusal()
        assert Tombstone.objects.exists()
        erase_expired(even_so=True)
    assert not Tombstone.objects.exists()


def test_a_clock_that_jumped_ahead_drops_no_month_of_the_access_log(inquiry):
    link_new_entries()
    erase_expired()
    with after(days=1200):
        AccessEntry.objects.create(action="opened")
        link_new_entries()
        refusal()
    assert AccessEntry.objects.filter(action="received").exists()


def test_more_than_twenty_and_more_than_five_percent_at_once_are_not_erased(inquiry):
    many(inquiry, closed=21)
    with after(days=31):
        assert refusal() == "too_many"
        assert Inquiry.objects.count() == 22
        assert erase_expired(even_so=True) == 21


def test_that_many_are_due_keeps_no_tombstone_and_no_month_of_the_log(inquiry):
    link_new_entries()
    Tombstone.objects.create(locator="f" * 32, inquiry_id=uuid4())
    many(inquiry, closed=21)
    with database_clock.travel(timezone.now() + timedelta(days=1200)):
        AccessEntry.objects.create(action="opened")
        link_new_entries()
        assert refusal() == "too_many"
    assert Inquiry.objects.count() == 22
    assert not Tombstone.objects.exists()
    assert not AccessEntry.objects.filter(action="received").exists()


@pytest.mark.plain
@pytest.mark.parametrize(("closed", "still_open"), [(20, 0), (21, 419)])
def test_few_or_a_small_share_may_always_go(inquiry, closed, still_open):
    many(inquiry, closed, still_open)
    with after(days=31):
        assert erase_expired() == closed


def test_a_dry_run_counts_and_erases_nothing(inquiry, capsys):
    many(inquiry, closed=22)
    with after(days=31):
        call_command("erase_expired", "--dry-run")
    said = capsys.readouterr().out
    assert "22" in said
    assert "Uvanlig mange" in said
    assert Inquiry.objects.count() == 23
    assert not ErasingRound.objects.exists()


def test_the_command_says_why_nothing_was_erased(inquiry):
    many(inquiry, closed=21)
    with after(days=31), pytest.raises(CommandError, match="--even-so"):
        call_command("erase_expired")


# --- what staff see ----------------------------------------------------------------------------


@pytest.mark.plain
def test_that_erasing_has_stopped_is_said_on_the_first_page_and_on_its_own(request, inquiry):
    many(inquiry, closed=21)
    with after(days=31):
        refusal()
    # Only now: a round erases the sessions of a month ago.
    inquiry_client, editor_client = map(request.getfixturevalue, ("inquiry_client", "editor_client"))
    assert "Ingenting blir slettet nå: Uvanlig mange" in inquiry_client.get("/admin/").text
    assert "Ingenting blir slettet nå: Uvanlig mange" in inquiry_client.get(ERASING).text
    assert editor_client.get(ERASING).status_code == 403
    assert "Uvanlig mange" not in editor_client.get("/admin/").text


def test_rounds_that_break_off_or_do_not_come_are_seen_after_two_days(inquiry, inquiry_staff, monkeypatch):
    erase_expired()

    def broken(_now):
        raise DatabaseError

    monkeypatch.setattr(erasing_round, "_erase", broken)
    for days, seen in ((1.9, False), (2.1, True)):
        with after(days=days):
            with pytest.raises(DatabaseError):
                erase_expired()
            assert ("mer enn to dager siden" in str(waiting_lines(inquiry_staff))) is seen


def test_sessions_that_are_over_are_erased(inquiry_client):
    assert Session.objects.exists()
    with after(days=2):
        erase_expired()
    assert not Session.objects.exists()


def test_sessions_that_are_over_are_erased_also_in_a_round_that_refuses(inquiry_client, inquiry):
    many(inquiry, closed=21)
    with after(days=31):
        refusal()
    assert not Session.objects.exists()


def test_the_page_tells_the_rules(inquiry_client):
    answer = inquiry_client.get(ERASING)
    assert "1096 dager etter at måneden er over" in answer.text
    assert "30 dager" in answer.text
