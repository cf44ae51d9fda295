"""The chain over the access log: every entry in its place, month by month, and no sender waits for it."""

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.audit import hash_chain
from contact.audit.chain_heads import heads_file, read_heads, write_head
from contact.audit.hash_chain import drop_expired_months, link_new_entries, month_of, newest_link, unlinked_entries
from contact.audit.verification import verify
from contact.keys.first_generation import make_keyring
from contact.models import AccessEntry, AccessLink, AuditSegment
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.audit import database_clock

pytestmark = pytest.mark.django_db


def write(at=None, **fields):
    return AccessEntry.objects.create(action="opened", at=at or timezone.now(), **fields)


def at(year, month, day=1, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def months():
    return list(AuditSegment.objects.order_by("number").values_list("month", flat=True))


def chained(*times):
    """Write an entry at each time, and link it then."""
    for when in times:
        with time_machine.travel(when, tick=False):
            write()
            link_new_entries()


def faults():
    """Return what is broken in the chain; a head that was not written yet does not count."""
    return [words for words in verify().broken if str(heads_file()) not in words]


def test_every_entry_gets_one_link_in_the_order_of_writing(db):
    entries = [write() for _number in range(3)]
    assert link_new_entries() == 3
    assert link_new_entries() == 0
    assert list(AccessLink.objects.order_by("number").values_list("number", "entry_id")) == [
        (number, entry.pk) for number, entry in enumerate(entries, start=1)
    ]


def test_a_backlog_is_linked_in_batches(db, monkeypatch):
    monkeypatch.setattr(hash_chain, "BATCH", 4)
    for _number in range(9):
        write()
    assert link_new_entries() == 9
    assert faults() == []


def test_the_same_entry_says_something_else_in_another_place(db):
    write()
    write()
    link_new_entries()
    assert AccessLink.objects.values("digest").distinct().count() == 2


def test_the_digest_of_an_entry_says_all_its_columns_and_outlives_a_column_that_comes_later(inquiry):
    entry = AccessEntry.objects.get()
    said = hash_chain._columns(entry)
    assert set(said) == {"id", "inquiry_id", "reference", "action", "at"}
    assert hash_chain._columns(write(username="ivar", user_id=7))["user_id"] == 7


def test_a_month_ends_where_utc_says_and_the_next_one_goes_on_from_it(db):
    chained(at(2026, 1, 31, 23), at(2026, 2, 1, 0), at(2026, 12, 31), at(2027, 1, 1))
    assert months() == ["2026-01", "2026-02", "2026-12", "2027-01"]
    assert faults() == []


def test_an_entry_that_comes_late_goes_into_the_open_month(db):
    chained(at(2026, 3, 1))
    with time_machine.travel(at(2026, 3, 1, 13), tick=False):
        write(at=at(2026, 2, 28))
        link_new_entries()
    assert months() == ["2026-03"]


def test_a_clock_that_ran_ahead_leaves_no_month_open_for_years(db):
    chained(at(2026, 3, 1), at(2031, 1, 1), at(2026, 3, 2), at(2026, 3, 3))
    assert months() == ["2026-03", "2031-01", "2026-03"]
    assert newest_link().segment.month == "2026-03"
    assert faults() == []


def test_an_entry_that_becomes_visible_after_a_newer_one_is_linked_too(db):
    write(id=900_007)
    link_new_entries()
    write(id=900_005)
    assert link_new_entries() == 1


def test_a_round_looks_back_over_the_newest_entries_only_and_once_a_day_over_all(db, monkeypatch):
    monkeypatch.setattr(hash_chain, "LOOK_BACK", 1)
    write(id=900_007)
    link_new_entries()
    write(id=900_005)
    assert link_new_entries() == 0
    write_head()
    assert not unlinked_entries().exists()


def test_a_number_that_another_chainer_took_a_moment_earlier_is_left_to_it(db, monkeypatch):
    write()
    link_new_entries()
    behind = newest_link()
    write()
    link_new_entries()
    write()
    monkeypatch.setattr(hash_chain, "newest_link", lambda: behind)
    assert link_new_entries() == 0
    monkeypatch.undo()
    assert link_new_entries() == 1
    assert faults() == []


def test_also_where_the_other_one_has_begun_a_month(db, monkeypatch):
    chained(at(2026, 1, 1))
    behind = newest_link()
    chained(at(2026, 2, 1))
    monkeypatch.setattr(hash_chain, "newest_link", lambda: behind)
    chained(at(2026, 2, 2))
    monkeypatch.undo()
    chained(at(2026, 2, 3))
    assert months() == ["2026-01", "2026-02"]
    assert faults() == []


def test_receiving_an_inquiry_asks_the_chain_nothing(keyring):
    with CaptureQueriesContext(connection) as captured:
        receive("patient", "nb", {"message": "hei"}, nonce_of(new_token()))
    asked = " ".join(query["sql"] for query in captured)
    assert "contact_accessentry" in asked
    assert "contact_accesslink" not in asked
    assert "contact_auditsegment" not in asked


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time, for milliseconds")
@pytest.mark.django_db(transaction=True)
def test_no_entry_waits_for_a_round_of_linking_that_has_not_finished():
    make_keyring()
    write()
    received = []

    def send():
        received.append(receive("patient", "nb", {"message": "hei"}, nonce_of(new_token())))
        connection.close()

    with transaction.atomic():
        assert link_new_entries() == 1
        sender = threading.Thread(target=send)
        sender.start()
        sender.join(timeout=10)
        assert received
    assert link_new_entries() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database with several writers")
@pytest.mark.django_db(transaction=True)
def test_chainers_at_once_make_one_chain():
    start = threading.Barrier(4)

    def work():
        start.wait()
        for _time in range(10):
            write()
            link_new_entries()
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    link_new_entries()
    assert AccessLink.objects.count() == 40
    assert faults() == []


# --- the head ----------------------------------------------------------------------------------


def test_the_head_is_written_once_a_day_to_a_file_outside_the_database_and_to_the_log(db, caplog):
    write()
    assert [write_head() for _time in range(3)] == [1, 0, 0]
    (head,), broken = read_heads()
    assert (head.number, head.digest, head.month, broken) == (
        1,
        newest_link().digest,
        month_of(timezone.now()),
        [],
    )
    assert head.digest in caplog.text
    assert heads_file().stat().st_mode & 0o777 == 0o600
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        write()
        assert write_head() == 1
    assert [one.number for one in read_heads()[0]] == [1, 2]


def test_there_is_no_head_before_the_first_entry(db):
    assert write_head() == 0
    assert not heads_file().exists()


def test_the_file_can_lie_anywhere(db, settings, tmp_path):
    settings.AUDIT_HEADS = str(tmp_path / "elsewhere" / "heads")
    write()
    write_head()
    assert (tmp_path / "elsewhere" / "heads").exists()


@pytest.mark.parametrize("left", ["2026-11-2", "2026-11-20T10:00:00Z 1 2026-11 1 abcd"])
def test_a_line_that_a_crash_cut_short_spoils_no_other(db, left):
    write()
    write_head()
    with heads_file().open("a") as file:
        file.write(left)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        write_head()
        heads, unreadable = read_heads()
        assert (len(heads), unreadable) == (2, [2])
        assert faults() == []


def test_the_delivery_process_chains_and_writes_the_head(inquiry):
    call_command("deliver", "--once")
    assert newest_link().number == 1
    assert len(read_heads()[0]) == 1


def test_a_round_of_erasing_that_refuses_stops_nothing_else(inquiry):
    AccessEntry.objects.create(action="opened", at=timezone.now() + timedelta(hours=1))
    with pytest.raises(CommandError, match="Ingenting ble slettet"):
        call_command("deliver", "--once")
    assert newest_link().number == 2
    assert len(read_heads()[0]) == 1
    assert Path(settings.ERASURE_LIST).exists()


# --- months whose time is over -----------------------------------------------------------------


@pytest.fixture
def three_months(db):
    chained(at(2020, 1, 5), at(2020, 1, 20), at(2020, 2, 5), at(2020, 3, 5))


def test_a_month_is_dropped_whole_after_three_years_and_what_is_later_still_verifies(three_months):
    with database_clock.travel(at(2023, 2, 1)):
        assert drop_expired_months() == 1
        assert drop_expired_months() == 0
    left = AccessEntry.objects.order_by("at")
    assert [month_of(entry.at) for entry in left] == ["2020-02", "2020-03", "2023-02"]
    assert (left.last().action, left.last().about) == ("month_gone", "2020-01")
    assert AccessLink.objects.count() == 2
    assert (verify().dropped, verify().links) == (1, 3)
    assert faults() == []


def test_nothing_is_dropped_a_day_too_early(three_months):
    assert AuditSegment.objects.get(pk=1).keep_until == date(2020, 2, 1) + timedelta(days=1096)
    with database_clock.travel(at(2023, 1, 31)):
        assert drop_expired_months() == 0


def test_the_newest_month_stays_however_old_it_is(three_months):
    with database_clock.travel(at(2030, 1, 1)):
        assert drop_expired_months() == 2
    assert months() == ["2020-01", "2020-02", "2020-03"]
    assert AccessEntry.objects.exclude(action="month_gone").count() == 1


def test_how_long_a_month_is_kept_is_settled_when_it_begins(three_months, settings):
    settings.AUDIT_RETENTION_DAYS = 1
    with database_clock.travel(at(2021, 1, 1)):
        assert drop_expired_months() == 0
