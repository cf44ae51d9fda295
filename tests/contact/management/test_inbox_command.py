import io
import os
import pty
import subprocess
import sys
from contextlib import suppress

import pytest
import time_machine
from django.core.management import CommandError, call_command

from contact.cases.reading import unseal
from contact.cases.unread import newest_entry
from contact.cases.writing import replies
from contact.keys import key_holders
from contact.keys.recovery_paper import new_paper
from contact.models import AccessEntry, Grant, InboxKey, Inquiry, StaffKey
from contact.sender import thread
from tests.conftest import ROOT
from tests.contact.conftest import CANARY, FORM, NOTHING, PASSPHRASE, with_passphrase

pytestmark = pytest.mark.django_db


def run(*arguments, stderr=None):
    out = io.StringIO()
    call_command("inbox", *map(str, arguments), stdout=out, stderr=stderr or io.StringIO())
    return out.getvalue()


def test_setup_says_where_the_paper_lies_and_never_what_stands_on_it(db):
    said = run("setup")
    assert str(key_holders.paper_file()) in said
    secret_lines = [
        line
        for line in key_holders.paper_file().read_text(encoding="utf-8").splitlines()
        if line[4:6] in ("1)", "2)", "3)", "4)")
    ]
    assert len(secret_lines) == 4
    assert not any(line.strip()[4:] in said for line in secret_lines)


def test_setup_can_be_repeated(keyring):
    run("setup")
    run("setup")
    assert InboxKey.objects.count() == 1


def test_open_prints_one_inquiry_and_logs_it(inquiry):
    assert CANARY in run("open", inquiry.reference.lower(), "--paper", key_holders.paper_file())
    assert AccessEntry.objects.filter(action=AccessEntry.Action.OPENED_WITH_PAPER).count() == 1


def test_open_prints_the_thread_too(receipt, inquiry, inquiry_staff):
    thread.add_message(receipt.code, "Jeg har det bedre", NOTHING)
    replies.reply(inquiry, "Så fint", inquiry_staff, form=FORM, seen=newest_entry(inquiry))
    key_holders.server_key_file().unlink()
    printed = run("open", inquiry.reference, "--paper", key_holders.paper_file())
    assert printed.index("sender: Jeg har det bedre") < printed.index("reply: Så fint")


def test_open_prints_the_clinic_s_own_time(receipt, inquiry):
    with time_machine.travel("2026-11-30 01:39:00+00:00"):
        thread.add_message(receipt.code, "Jeg får ikke sove", NOTHING)
    assert "2026-11-30 02:39 sender: Jeg" in run("open", inquiry.reference, "--paper", key_holders.paper_file())


def test_open_takes_the_reference_as_people_say_and_write_it(inquiry):
    Inquiry.objects.update(reference="AB01-CD10")
    for written in ("ab01cd10", "ABO1–CDlO", " AB01 CD10 "):
        assert CANARY in run("open", written, "--paper", key_holders.paper_file())


def test_open_with_another_paper_prints_nothing(inquiry, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(new_paper(), encoding="utf-8")
    with pytest.raises(CommandError):
        run("open", inquiry.reference, "--paper", wrong)


def test_open_with_an_unknown_reference_is_a_clear_error(inquiry):
    with pytest.raises(CommandError):
        run("open", "0000-0000", "--paper", key_holders.paper_file())


def test_a_missing_paper_file_is_a_clear_error(inquiry, tmp_path):
    with pytest.raises(CommandError):
        run("check", "--paper", tmp_path / "nowhere.txt")


def test_check_counts_what_opens_shows_nothing_and_is_logged(inquiry):
    said = run("check", "--paper", key_holders.paper_file())
    assert CANARY not in said
    assert said.count("1") == 2
    assert [entry.action for entry in AccessEntry.objects.all()] == ["paper_check", "received"]


def test_check_names_the_inquiries_that_do_not_open(inquiry):
    Inquiry.objects.update(sealed=b"\x01broken")
    errors = io.StringIO()
    said = run("check", "--paper", key_holders.paper_file(), stderr=errors)
    assert "0" in said
    assert inquiry.reference in errors.getvalue()


def test_a_broken_seal_is_a_clear_error(inquiry):
    Inquiry.objects.update(sealed=b"\x01broken")
    with pytest.raises(CommandError):
        run("open", inquiry.reference, "--paper", key_holders.paper_file())


# --- proving the paper -------------------------------------------------------------------------


def prove(monkeypatch, typed):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return run("prove")


def test_prove_takes_the_paper_from_stdin_and_asks_for_the_file_to_be_deleted(keyring, monkeypatch):
    paper = key_holders.paper_file().read_text(encoding="utf-8")
    said = prove(monkeypatch, paper)
    assert str(key_holders.paper_file()) in said
    assert not any(line.strip()[4:] in said for line in paper.splitlines() if line[4:6] == "1)")
    assert key_holders.is_paper_proven()
    key_holders.paper_file().unlink()
    assert str(key_holders.paper_file()) not in prove(monkeypatch, paper)


def test_prove_with_another_paper_is_a_clear_error_and_logged(keyring, monkeypatch):
    with pytest.raises(CommandError):
        prove(monkeypatch, new_paper())
    assert not key_holders.is_paper_proven()
    assert AccessEntry.objects.get().action == "paper_wrong"


def test_prove_before_setup_is_a_clear_error(monkeypatch):
    with pytest.raises(CommandError, match="inbox setup"):
        prove(monkeypatch, new_paper())


def test_what_is_typed_at_a_terminal_is_not_shown_there(keyed_site, tmp_path):
    command = [sys.executable, "manage.py", "inbox", "prove"]
    paper = (tmp_path / "keys" / "recovery-paper.txt").read_text(encoding="utf-8")
    lines = [line.strip()[4:] for line in paper.splitlines() if line[4:6] in ("1)", "2)", "3)", "4)")]
    ours, theirs = pty.openpty()
    typist = subprocess.Popen(
        command, cwd=ROOT, env=keyed_site, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    screen = b""
    for number, line in enumerate(lines, start=1):
        while f" {number} ".encode() not in screen:
            screen += os.read(ours, 1024)
        os.write(ours, line.encode() + b"\n")
    with suppress(OSError):  # how Linux says that the other end is closed
        while more := os.read(ours, 1024):
            screen += more
    assert typist.wait(timeout=30) == 0, screen
    assert not any(line.encode() in screen for line in lines)


# --- the ceremony at a terminal -------------------------------------------------------------------


def typing(monkeypatch, typed, *arguments, stderr=None):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return run(*arguments, stderr=stderr)


def test_the_ceremony_works_at_a_terminal_too_and_prints_no_secret(
    inquiry, printed, inquiry_staff, administrator, monkeypatch
):
    said = ""
    for name in ("ivar", "kari"):
        chosen = typing(monkeypatch, f"{PASSPHRASE} {name}s\n{PASSPHRASE} {name}s\n", "enrol", name)
        with pytest.raises(CommandError, match="ikke koden"):
            typing(monkeypatch, f"2345 6789 ABCD\n{printed}", "grant", name)
        code = chosen.split(":")[1].strip()
        said += chosen + typing(monkeypatch, f"{code}\n{printed}", "grant", name)
    said += typing(monkeypatch, printed, "remove-server-grant")
    assert "delete-server-key" in said
    said += run("delete-server-key")
    assert not key_holders.server_key_file().exists()
    assert AccessEntry.objects.filter(action="server_file", user=None).exists()
    said += typing(monkeypatch, printed, "new-generation")
    InboxKey.objects.update(link=None)  # as an earlier version left them
    for number in ("2", "3"):
        said += typing(monkeypatch, printed, "link", number)
    said += typing(monkeypatch, printed, "revoke", "kari")
    assert InboxKey.objects.count() == 4
    errors = io.StringIO()
    said += run("status", stderr=errors)
    assert "ivar: kan åpne" in said
    assert "kari: ingen passordsetning" in said
    assert "IKKE FESTET" not in said
    assert "Færre enn to" in errors.getvalue()
    assert PASSPHRASE not in said
    assert not any(line.strip()[4:] in said for line in printed.splitlines() if line[5:6] == ")")
    opener = with_passphrase(StaffKey.objects.get(), f"{PASSPHRASE} ivars")
    assert unseal(inquiry, opener(inquiry.key))["message"] == CANARY


@pytest.mark.parametrize("verb", [
    ["prove"], ["enrol", "ivar"], ["grant", "ivar"], ["revoke", "ivar"], ["new-generation"],
    ["link", "2"], ["new-paper", "ark.txt"], ["replace-paper"], ["remove-server-grant"],
])  # fmt: skip
def test_neither_a_paper_nor_a_passphrase_is_taken_as_an_argument(verb):
    for secret in (new_paper(), PASSPHRASE):
        with pytest.raises(CommandError, match="unrecognized arguments"):
            run(*verb, secret)


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        (f"{PASSPHRASE}\n{PASSPHRASE}x\n", ["enrol", "ivar"]), ("kort\nkort\n", ["enrol", "ivar"]),
        ("", ["enrol", "ivar"]),
        (f"{PASSPHRASE}\n{PASSPHRASE}\n", ["enrol", "astrid"]), ("", ["enrol", "nobody"]), ("", ["grant", "ivar"]),
        ("", ["revoke", "ivar"]), (new_paper(), ["new-generation"]), (new_paper(), ["link", "2"]),
        (new_paper(), ["remove-server-grant"]),
        ("", ["delete-server-key"]),
    ],
)  # fmt: skip
def test_what_will_not_do_is_a_clear_error_and_changes_nothing(
    keyring, inquiry_staff, monkeypatch, typed, arguments
):
    with pytest.raises(CommandError):
        typing(monkeypatch, typed, *arguments)
    assert Grant.objects.count() == 2
    assert key_holders.server_key_file().exists()


def test_a_reader_that_has_left_is_not_called_a_file_that_cannot_be_read():
    """What `inbox audit --verify | head -1` meets."""
    reading, writing = os.pipe()
    os.close(reading)
    left = os.fdopen(writing, "w", buffering=1)
    with pytest.raises(BrokenPipeError):
        call_command("inbox", "audit", "--verify", stdout=left)
    with suppress(BrokenPipeError):
        left.close()
