"""A lost recovery paper is replaced: the old one counts until the new one is typed, and then opens nothing."""

import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from contact.cases.reading import unseal
from contact.keys import colleagues, key_holders, recovery
from contact.keys.generations import new_generation, remove_server
from contact.keys.keyring import KeyringRefused, KeysMissing, is_pinned, newest_key
from contact.keys.recovery_paper import PaperWrong, new_paper
from contact.models import AccessEntry, Grant, InboxKey, Inquiry, NewPaper, StaffKey
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.cast import logged_in
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper, with_passphrase

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/grant/"
OTHER = "fem blå ballonger over fjorden"
ADDRESSES = ["print-new-paper", "replace-paper", "keep-old-paper"]


def sent():
    receipt = receive("relative", "nb", {"message": CANARY}, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def reads(opener, inquiry):
    try:
        return unseal(inquiry, opener(inquiry.key))["message"] == CANARY
    except (KeysMissing, PaperWrong):
        return False


def secrets_of(paper):
    return [line.strip()[4:] for line in paper.splitlines() if line[4:6] in ("1)", "2)", "3)", "4)")]


@pytest.fixture
def generations_of_old(enrolled, inquiry, printed):
    """Two generations with an inquiry each, and no server that opens them."""
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    return [inquiry, sent()]


# --- what it does ----------------------------------------------------------------------------------


def test_the_new_paper_opens_everything_and_the_old_one_nothing_any_more(generations_of_old, enrolled, printed):
    opener = with_passphrase(enrolled)
    fresh = recovery.print_new_paper(opener)
    recovery.replace_paper("\n".join(secrets_of(fresh.lower())), opener)
    for inquiry in [*generations_of_old, sent()]:
        assert reads(with_paper(fresh), inquiry)
        assert reads(opener, inquiry)
        assert not reads(with_paper(printed), inquiry)
    assert key_holders.is_paper_proven()
    assert not recovery.is_new_paper_waiting()
    assert Grant.objects.filter(principal="recovery").count() == InboxKey.objects.count()


def test_what_comes_in_afterwards_was_never_sealed_to_the_old_paper(generations_of_old, enrolled):
    before = newest_key()
    recovery.replace_paper(recovery.print_new_paper(with_passphrase(enrolled)), with_passphrase(enrolled))
    assert newest_key().generation == before.generation + 1
    assert is_pinned(newest_key())


def test_until_it_is_typed_the_old_paper_counts_and_the_new_one_opens_nothing(
    generations_of_old, enrolled, printed
):
    fresh = recovery.print_new_paper(with_passphrase(enrolled))
    for inquiry in generations_of_old:
        assert reads(with_paper(printed), inquiry)
        assert not reads(with_paper(fresh), inquiry)
    assert key_holders.is_paper_proven()


def test_only_the_paper_that_was_made_last_is_taken(generations_of_old, enrolled, printed):
    opener = with_passphrase(enrolled)
    first = recovery.print_new_paper(opener)
    recovery.print_new_paper(opener)
    for typed in (first, printed, new_paper(), "", "x" * 500):
        with pytest.raises(PaperWrong):
            recovery.replace_paper(typed, opener)
        assert AccessEntry.objects.first().action == "paper_wrong"
    assert all(reads(with_paper(printed), inquiry) for inquiry in generations_of_old)


def test_without_a_new_paper_nothing_is_replaced(generations_of_old, enrolled, printed):
    with pytest.raises(KeyringRefused):
        recovery.replace_paper(printed, with_passphrase(enrolled))
    recovery.print_new_paper(with_passphrase(enrolled))
    recovery.keep_old_paper()
    with pytest.raises(KeyringRefused):
        recovery.replace_paper(printed, with_passphrase(enrolled))


def test_a_keyholder_who_cannot_open_all_generations_makes_no_new_paper(
    generations_of_old, enrolled, administrator, printed
):
    outsider = colleagues.enrol(administrator, OTHER)
    with pytest.raises(KeysMissing):
        recovery.print_new_paper(with_passphrase(outsider, OTHER))
    colleagues.let_in([outsider], with_passphrase(enrolled))
    outsider.grants.filter(key__generation=1).delete()
    with pytest.raises(KeyringRefused, match="eldre henvendelser"):
        recovery.print_new_paper(with_passphrase(outsider, OTHER))
    assert not NewPaper.objects.exists()


def test_a_later_generation_is_sealed_to_the_new_paper(generations_of_old, enrolled):
    opener = with_passphrase(enrolled)
    fresh = recovery.print_new_paper(opener)
    recovery.replace_paper(fresh, opener)
    new_generation(opener)
    assert reads(with_paper(fresh), sent())
    assert key_holders.is_paper_proven()


def test_the_secret_stands_in_no_table_and_no_log(generations_of_old, enrolled, caplog):
    fresh = recovery.print_new_paper(with_passphrase(enrolled))
    recovery.replace_paper(fresh, with_passphrase(enrolled))
    rows = str([list(model.objects.values()) for model in (NewPaper, Grant, AccessEntry)])
    for secret in secrets_of(fresh):
        assert secret not in rows
        assert secret not in caplog.text
    logged = list(AccessEntry.objects.order_by("-id").values_list("action", flat=True))[:3]
    assert logged == ["paper_new", "generation", "paper_print"]


# --- crashes ---------------------------------------------------------------------------------------

POINTS = [
    "contact.keys.recovery.note",
    "contact.keys.recovery.create_grant",
    "contact.keys.recovery.new_generation",
    "contact.keys.generations.note",
    "contact.keys.generations.create_grant",
    "contact.keys.generations.pin",
]


def test_discarding_a_paper_waits_for_the_keyring_and_goes_with_its_log_entry_or_not_at_all(
    generations_of_old, enrolled, monkeypatch
):
    recovery.print_new_paper(with_passphrase(enrolled))
    before = stored()
    for point in ("lock_keyring", "note"):
        with monkeypatch.context() as patch, suppress(DatabaseError), transaction.atomic():
            patch.setattr(f"contact.keys.recovery.{point}", crash)
            recovery.keep_old_paper()
            pytest.fail("it did not pass this point")
        assert stored() == before


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_any_point_leaves_the_old_paper_as_it_was_and_the_next_try_succeeds(
    generations_of_old, enrolled, printed, monkeypatch, point
):
    opener = with_passphrase(enrolled)
    fresh = recovery.print_new_paper(opener)
    before = stored()
    with monkeypatch.context() as patch, suppress(DatabaseError), transaction.atomic():
        patch.setattr(point, crash)
        recovery.replace_paper(fresh, opener)
        pytest.fail("it did not pass this point")
    assert stored() == before
    assert all(reads(with_paper(printed), inquiry) for inquiry in generations_of_old)
    assert not any(reads(with_paper(fresh), inquiry) for inquiry in generations_of_old)
    recovery.replace_paper(fresh, opener)
    assert all(reads(with_paper(fresh), inquiry) for inquiry in generations_of_old)


def stored():
    models = (InboxKey, Grant, StaffKey, NewPaper, AccessEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def crash(*_arguments, **_more):
    raise DatabaseError("disk full")


# --- on a live site --------------------------------------------------------------------------------


def test_on_a_live_site_another_colleague_types_the_new_paper(
    generations_of_old, enrolled, printed, administrator, settings, monkeypatch, tmp_path
):
    settings.MODE = "live"
    second = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([second], with_paper(printed))
    fresh = recovery.print_new_paper(with_passphrase(enrolled), enrolled.user)
    assert recovery.is_for_another_to_type(enrolled.user)
    assert not recovery.is_for_another_to_type(administrator)
    for by in (enrolled.user, None):
        with pytest.raises(KeyringRefused, match="En annen kollega"):
            recovery.replace_paper(fresh, with_passphrase(enrolled), by)
    assert reads(with_paper(printed), generations_of_old[0])
    recovery.replace_paper(fresh, with_passphrase(second, OTHER), administrator)
    assert reads(with_paper(fresh), generations_of_old[0])
    run(monkeypatch, "new-paper", str(tmp_path / "ark.txt"), "--colleague", "kari", typed=OTHER)
    third = (tmp_path / "ark.txt").read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="En annen kollega"):
        run(monkeypatch, "replace-paper", "--colleague", "kari", typed=f"{OTHER}\n{third}")
    run(monkeypatch, "replace-paper", "--colleague", "ivar", typed=f"{PASSPHRASE}\n{third}")


def removed(user):
    colleagues.remove(StaffKey.objects.get(user=user))


def closed(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def without_the_role(user):
    user.groups.clear()


def deleted(user):
    colleagues.remove(StaffKey.objects.get(user=user))
    user.delete()


@pytest.mark.parametrize("lost", [removed, closed, without_the_role, deleted])
def test_on_a_live_site_a_paper_does_not_count_whose_printer_has_left_before_it_was_typed(
    generations_of_old, enrolled, printed, administrator, settings, lost
):
    """The colleague who has left may have kept its lines."""
    settings.MODE = "live"
    second = colleagues.enrol(administrator, OTHER)
    colleagues.let_in([second], with_paper(printed))
    fresh = recovery.print_new_paper(with_passphrase(enrolled), enrolled.user)
    lost(enrolled.user)
    with pytest.raises(KeyringRefused):
        recovery.replace_paper(fresh, with_passphrase(second, OTHER), administrator)
    assert not reads(with_paper(fresh), generations_of_old[0])
    assert reads(with_paper(printed), generations_of_old[0])


def test_on_a_live_site_a_paper_that_names_no_printer_does_not_count(
    generations_of_old, enrolled, printed, settings
):
    """One person could print it at a terminal, and type it as a colleague."""
    settings.MODE = "live"
    fresh = recovery.print_new_paper(with_passphrase(enrolled))
    with pytest.raises(KeyringRefused, match="Lag et nytt"):
        recovery.replace_paper(fresh, with_passphrase(enrolled), enrolled.user)


# --- in the admin ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_keyholders_reach_it_and_only_with_a_post(
    editor, inquiry_staff, roleless, administrator_client, enrolled, address
):
    for user in (editor, inquiry_staff, roleless):
        for method in ("get", "post"):
            assert getattr(logged_in(user), method)(f"{PAGE}{address}/").status_code == 403
    assert administrator_client.get(f"{PAGE}{address}/").status_code == 302
    assert not NewPaper.objects.exists()


def test_a_keyholder_replaces_a_lost_paper(generations_of_old, administrator_client, administrator, printed):
    colleagues.let_in([colleagues.enrol(administrator, OTHER)], with_paper(printed))
    assert administrator_client.post(f"{PAGE}print-new-paper/").status_code == 422
    assert "Lås opp innboksen først" in administrator_client.get(f"{PAGE}paper/").text
    administrator_client.post("/admin/contact/inquiry/unlock/", {"passphrase": OTHER})
    shown = administrator_client.post(f"{PAGE}print-new-paper/")
    assert "no-store" in shown["Cache-Control"]
    fresh = shown.text.partition("<pre")[2].partition("</pre>")[0]
    assert len(secrets_of(fresh)) == 4
    for address in (PAGE, f"{PAGE}paper/", "/admin/contact/inquiry/"):
        page = administrator_client.get(address).text
        assert "Til det er gjort, gjelder det gamle." in page
        assert secrets_of(fresh)[0] not in page
    wrong = administrator_client.post(f"{PAGE}replace-paper/", {"typed": printed})
    assert wrong.status_code == 422
    assert "ikke det arket som ble laget sist" in wrong.text
    assert secrets_of(printed)[0] not in wrong.text
    done = administrator_client.post(f"{PAGE}replace-paper/", {"typed": fresh}, follow=True)
    assert "Det gamle åpner ingenting her lenger" in done.text
    assert reads(with_paper(fresh), generations_of_old[0])
    assert not reads(with_paper(printed), generations_of_old[0])
    log = administrator_client.get("/admin/contact/accessentry/").text
    assert "kari prøvde det nye gjenopprettingsarket" in log


def test_in_the_demo_the_server_hands_over_and_the_old_paper_can_be_kept(inquiry, printed, administrator_client):
    administrator_client.post(f"{PAGE}print-new-paper/")
    assert recovery.is_new_paper_waiting()
    for _click in range(2):
        administrator_client.post(f"{PAGE}keep-old-paper/")
    assert not recovery.is_new_paper_waiting()
    kept = AccessEntry.objects.get(action="paper_kept")
    assert kept.username == "kari"
    log = administrator_client.get("/admin/contact/accessentry/").text
    assert "kari forkastet det nye gjenopprettingsarket. Det gamle gjelder som før." in log
    assert reads(with_paper(printed), inquiry)


# --- at a terminal ---------------------------------------------------------------------------------


def run(monkeypatch, *words, typed=""):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    call_command("inbox", *words, stdout=out)
    return out.getvalue()


def test_a_colleague_replaces_it_at_a_terminal(generations_of_old, enrolled, printed, monkeypatch, tmp_path):
    file = tmp_path / "ark.txt"
    said = run(monkeypatch, "new-paper", str(file), "--colleague", "ivar", typed=PASSPHRASE)
    fresh = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert secrets_of(fresh)[0] not in said
    with pytest.raises(CommandError):
        run(monkeypatch, "replace-paper", "--colleague", "ivar", typed=f"feil passordsetning\n{fresh}")
    with pytest.raises(CommandError):
        run(monkeypatch, "replace-paper", typed=fresh)  # the server opens nothing any more
    run(monkeypatch, "replace-paper", "--colleague", "ivar", typed=f"{PASSPHRASE}\n{fresh}")
    assert reads(with_paper(fresh), generations_of_old[0])
    assert not reads(with_paper(printed), generations_of_old[0])


def test_a_file_that_is_there_is_not_written_over(inquiry, monkeypatch, tmp_path):
    file = tmp_path / "ark.txt"
    file.write_text("viktig")
    with pytest.raises(CommandError, match="finnes fra før"):
        run(monkeypatch, "new-paper", str(file))
    assert file.read_text() == "viktig"


@pytest.mark.parametrize("there", ["a file", "no folder"])
def test_a_file_that_cannot_be_made_leaves_the_paper_that_was_made_last(inquiry, monkeypatch, tmp_path, there):
    fresh = recovery.print_new_paper(key_holders.open_with_server_grant)
    file = tmp_path / ("ark.txt" if there == "a file" else "mappe/ark.txt")
    if there == "a file":
        file.write_text("viktig")
    with pytest.raises(CommandError):
        run(monkeypatch, "new-paper", str(file))
    recovery.replace_paper(fresh, key_holders.open_with_server_grant)
    assert reads(with_paper(fresh), inquiry)


def test_a_disk_that_is_full_leaves_neither_a_file_nor_a_paper(inquiry, monkeypatch, tmp_path):
    file = tmp_path / "ark.txt"
    monkeypatch.setattr(os, "fdopen", lambda *_arguments, **_more: Path("/dev/full").open("w"))  # noqa: SIM115
    with pytest.raises(CommandError, match="kan ikke lages"):
        run(monkeypatch, "new-paper", str(file))
    assert not file.exists()
    assert not recovery.is_new_paper_waiting()


def test_a_paper_that_is_not_made_leaves_no_file(generations_of_old, monkeypatch, tmp_path):
    file = tmp_path / "ark.txt"
    with pytest.raises(CommandError):
        run(monkeypatch, "new-paper", str(file))  # the server opens nothing any more
    assert not file.exists()
