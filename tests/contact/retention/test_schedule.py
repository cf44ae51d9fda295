import threading
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from contact.audit.hash_chain import link_new_entries
from contact.cases import reading, spam_marks, status
from contact.keys.key_holders import paper_file
from contact.models import AccessEntry, Delivery, ErasingRound, Hold, Inquiry, Message, Tombstone
from contact.retention import erasing_round, legal_holds, schedule
from contact.retention.erasing_round import ErasingRefused, count_due, erase_expired
from contact.retention.erasure import Erased, erase
from mestring.staff.dashboard import waiting_lines

pytestmark = pytest.mark.django_db
ERASING = "/admin/contact/erasinground/"


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


def test_spam_that_nobody_has_read_is_never_erased(spam):
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


def test_spam_that_was_read_is_erased_thirty_days_after_somebody_last_did_something_with_it(spam, inquiry_staff):
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


def test_a_note_among_colleagues_makes_no_thread(spam, inquiry_staff):
    reading.open_inquiry(spam, inquiry_staff)
    Message.objects.create(inquiry=spam, kind="note", key=spam.key, sealed=b"x")
    with after(days=31):
        assert erase_expired() == 1


def test_what_was_found_to_be_no_spam_stays_until_it_is_closed(spam, inquiry_staff):
    reading.open_inquiry(spam, inquiry_staff)
    spam_marks.mark_no_spam(spam, inquiry_staff)
    with after(days=400):
        assert erase_expired() == 0


def test_spam_that_somebody_closes_goes_like_any_other(spam, inquiry_staff):
    status.close(spam, inquiry_staff, "recorded")
    with after(days=31):
        assert erase_expired() == 1


# --- holds -------------------------------------------------------------------------------------


def test_what_is_held_is_not_erased_until_it_is_released(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    legal_holds.hold(inquiry, "complaint", inquiry_staff)
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    with after(days=31):
        assert (count_due().held, count_due().closed) == (1, 0)
        assert erase_expired() == 0
        legal_holds.release(inquiry, inquiry_staff)
        legal_holds.release(inquiry, inquiry_staff)
        assert erase_expired() == 1
    actions = list(AccessEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["received", "closed", "journaled", "held", "released", "erased"]


def test_a_reason_is_a_word_from_the_list_and_never_a_text(inquiry, inquiry_staff):
    with pytest.raises(ValueError, match="no such reason"):
        legal_holds.hold(inquiry, "Sol har klaget", inquiry_staff)


def test_what_is_held_a_moment_before_it_is_erased_stays(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    with after(days=31):
        rows = schedule.expired_closed(timezone.now())
        legal_holds.hold(inquiry, "claim", inquiry_staff)
        with pytest.raises(Erased):
            erase(inquiry, AccessEntry.Action.ERASED, rows=rows)
    assert Inquiry.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_what_is_held_while_the_round_waits_for_it_stays(inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    Inquiry.objects.update(closed_at=timezone.now() - timedelta(days=31))
    rounds = []

    def erase_meanwhile():
        rounds.append(erase_expired())
        connection.close()

    with transaction.atomic():
        legal_holds.hold(inquiry, "claim", inquiry_staff)
        waiting = threading.Thread(target=erase_meanwhile)
        waiting.start()
        waiting.join(timeout=1)
        assert waiting.is_alive()
    waiting.join()
    assert (rounds, Inquiry.objects.count()) == ([0], 1)


def test_its_sender_erases_also_what_is_held(inquiry, inquiry_staff):
    legal_holds.hold(inquiry, "claim", inquiry_staff)
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    assert not Hold.objects.exists()


def test_what_is_erased_while_a_colleague_wants_to_hold_it_is_said_to_be_erased(inquiry_client, inquiry):
    erase(inquiry, AccessEntry.Action.SENDER_ERASED)
    answer = inquiry_client.post(f"/admin/contact/inquiry/{inquiry.pk}/hold/", {"reason": "claim"})
    assert answer.status_code == 410


# --- when something looks wrong ----------------------------------------------------------------


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


def test_an_inquiry_open_for_half_a_year_is_asked_about_and_never_erased(inquiry, inquiry_staff):
    with after(days=179):
        assert "180 dager" not in str(waiting_lines(inquiry_staff))
    with after(days=181):
        assert "1 henvendelse har vært åpen i mer enn 180 dager." in str(waiting_lines(inquiry_staff))
        assert erase_expired() == 0


def test_that_erasing_has_stopped_is_said_on_the_first_page_and_on_its_own(inquiry_client, editor_client, inquiry):
    many(inquiry, closed=21)
    with after(days=31):
        refusal()
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


def test_the_page_tells_the_rules(inquiry_client):
    answer = inquiry_client.get(ERASING)
    assert "tre år" in answer.text
    assert "30 dager" in answer.text


def test_colleagues_hold_and_release_on_the_inquiry_s_page(inquiry_client, editor_client, inquiry):
    page = f"/admin/contact/inquiry/{inquiry.pk}/"
    for verb in ("hold", "release", "not-spam"):
        assert inquiry_client.get(f"{page}{verb}/").status_code == 405
        assert editor_client.post(f"{page}{verb}/", {"reason": "claim"}).status_code == 403
    inquiry_client.post(f"{page}hold/", {"reason": "Sol har klaget"})
    assert not Hold.objects.exists()
    inquiry_client.post(f"{page}hold/", {"reason": "claim"})
    answer = inquiry_client.get(f"{page}change/")
    assert "Grunn: erstatningskrav eller rettssak. Bestemt av ivar" in answer.text
    inquiry_client.post(f"{page}release/")
    assert "velg hvorfor" in inquiry_client.get(f"{page}change/").text
    assert Hold.objects.get().released_by.username == "ivar"


def test_colleagues_say_that_something_is_no_spam(inquiry_client, spam):
    page = f"/admin/contact/inquiry/{spam.pk}/"
    assert "not-spam" in inquiry_client.get(f"{page}change/").text
    inquiry_client.post(f"{page}not-spam/")
    assert "not-spam" not in inquiry_client.get(f"{page}change/").text


def test_sessions_that_are_over_are_erased(inquiry_client):
    assert Session.objects.exists()
    with after(days=2):
        erase_expired()
    assert not Session.objects.exists()
