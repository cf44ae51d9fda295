"""A new inbox key for those who hold the last one; the server's own key taken away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from contact.cases.reading import unseal
from contact.keys import colleagues, generations, key_holders, recovery
from contact.keys.first_generation import make_keyring
from contact.keys.generations import delete_unused_grants, new_generation, remove_server
from contact.keys.key_holders import open_with_server_grant
from contact.keys.keyring import KeyringRefused, KeysMissing, fingerprint_file, is_pinned, newest_key
from contact.keys.recovery_paper import PaperWrong, new_paper
from contact.models import Grant, InboxKey, Inquiry
from contact.notifications.heartbeat import beat
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper, with_passphrase

pytestmark = pytest.mark.django_db


def sent():
    receipt = receive("relative", "nb", {"message": CANARY}, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def reads(opener, inquiry):
    try:
        return unseal(inquiry, opener(inquiry.key))["message"] == CANARY
    except (KeysMissing, PaperWrong):
        return False


def test_everybody_who_could_open_still_can_before_and_after_a_new_generation(inquiry, enrolled, printed):
    new_generation(with_passphrase(enrolled))
    newer = sent()
    assert newer.key.generation == 2
    for opener in (open_with_server_grant, with_paper(printed), with_passphrase(enrolled)):
        assert reads(opener, inquiry)
        assert reads(opener, newer)
    assert is_pinned(newest_key())


def test_a_proven_paper_stays_proven_because_it_is_the_same_one(enrolled, printed):
    recovery.prove_paper(printed)
    new_generation(with_passphrase(enrolled))
    assert key_holders.is_paper_proven()


def test_a_paper_that_was_not_proven_is_not_by_a_new_generation(enrolled):
    Grant.objects.update(proven_at=None)
    new_generation(with_passphrase(enrolled))
    assert not key_holders.is_paper_proven()


def test_an_opener_without_a_grant_makes_no_generation(enrolled, administrator):
    outsider = colleagues.enrol(administrator, PASSPHRASE)
    for opener in (with_paper(new_paper()), with_passphrase(outsider)):
        with pytest.raises((PaperWrong, KeysMissing)):
            new_generation(opener)
    assert InboxKey.objects.count() == 1


@pytest.mark.parametrize("principal", ["staff", "recovery"])
def test_a_public_key_put_in_place_of_a_holder_s_is_not_handed_the_next_generation(
    enrolled, printed, administrator, principal
):
    thief = colleagues.enrol(administrator, PASSPHRASE)
    Grant.objects.filter(principal=principal).update(holder_public=thief.public_key)
    with pytest.raises(KeyringRefused):
        new_generation(open_with_server_grant)
    assert InboxKey.objects.count() == 1


def test_from_before_the_paper_s_public_key_was_kept_the_paper_is_typed_once(enrolled, printed):
    Grant.objects.filter(principal__in=("recovery", "server")).update(holder_public=None, voucher=None)
    with pytest.raises(KeyringRefused):
        new_generation(with_passphrase(enrolled))
    recovery.prove_paper(printed)
    new_generation(with_passphrase(enrolled))
    assert reads(with_paper(printed), sent())
    assert reads(open_with_server_grant, sent())


def test_a_generation_that_cannot_be_pinned_is_not_made(enrolled, monkeypatch):
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="full"):
        new_generation(with_passphrase(enrolled))
    assert InboxKey.objects.count() == 1


def test_a_line_cut_short_in_the_file_of_fingerprints_spoils_no_other(enrolled):
    with fingerprint_file().open("a") as file:
        file.write("2 abc")
    new_generation(with_passphrase(enrolled))
    assert all(is_pinned(key) for key in InboxKey.objects.all())


# --- the server -----------------------------------------------------------------------------------


def test_without_the_server_s_grant_its_key_file_opens_nothing_old_or_new(inquiry, enrolled, printed):
    recovery.prove_paper(printed)
    remove_server(with_passphrase(enrolled))
    newer = sent()
    for one in (inquiry, newer):
        assert not reads(open_with_server_grant, one)
        assert reads(with_passphrase(enrolled), one)
        assert reads(with_paper(printed), one)
    new_generation(with_passphrase(enrolled))
    assert not Grant.objects.filter(principal="server").exists()


def test_the_server_s_grant_stays_until_the_paper_is_proven_and_a_colleague_is_in(keyring, printed, inquiry_staff):
    with pytest.raises(KeyringRefused):
        remove_server(with_paper(printed))
    recovery.prove_paper(printed)
    with pytest.raises(KeyringRefused):
        remove_server(with_paper(printed))
    colleagues.enrol(inquiry_staff, PASSPHRASE)
    with pytest.raises(KeyringRefused):
        remove_server(with_paper(printed))
    assert Grant.objects.filter(principal="server").count() == 1


def test_on_a_live_site_the_server_s_grant_stays_until_two_colleagues_are_in(
    enrolled, printed, administrator, settings
):
    settings.MODE = "live"
    recovery.prove_paper(printed)
    with pytest.raises(KeyringRefused, match="to kolleger"):
        remove_server(with_paper(printed))
    colleagues.let_in([colleagues.enrol(administrator, PASSPHRASE)], with_paper(printed))
    remove_server(with_paper(printed))
    assert not key_holders.server_holds_a_grant()


def test_the_server_s_grant_stays_while_no_colleague_could_open_what_is_older(inquiry, enrolled, printed):
    recovery.prove_paper(printed)
    new_generation(with_passphrase(enrolled))
    Grant.objects.filter(staff_key=enrolled, key__generation=1).delete()
    with pytest.raises(KeyringRefused):
        remove_server(with_passphrase(enrolled))
    colleagues.let_in([enrolled], with_paper(printed))
    remove_server(with_passphrase(enrolled))


def test_the_key_file_is_deleted_only_once_it_opens_nothing(enrolled, printed):
    with pytest.raises(KeysMissing):
        key_holders.delete_server_key()
    recovery.prove_paper(printed)
    remove_server(with_paper(printed))
    key_holders.delete_server_key()
    key_holders.delete_server_key()
    assert not key_holders.server_key_file().exists()
    make_keyring()
    assert not key_holders.server_key_file().exists()


# --- old generations ------------------------------------------------------------------------------


def test_grants_go_with_the_last_inquiry_of_their_generation_but_not_within_a_day(inquiry, enrolled):
    new_generation(with_passphrase(enrolled))
    InboxKey.objects.update(created=timezone.now() - timedelta(days=2))
    assert delete_unused_grants() == 0
    inquiry.delete()
    InboxKey.objects.filter(generation=2).update(created=timezone.now())
    assert delete_unused_grants() == 0  # an inquiry that was being stored when the key changed may still arrive
    InboxKey.objects.update(created=timezone.now() - timedelta(days=2))
    assert delete_unused_grants() == 3
    assert newest_key().grants.count() == 3
    assert generations.keys_in_use().count() == 0
    new_generation(with_passphrase(enrolled))


def test_behind_a_generation_in_use_none_is_tidied_away_and_a_newcomer_is_given_all(
    inquiry, enrolled, printed, administrator
):
    new_generation(with_passphrase(enrolled))
    new_generation(with_passphrase(enrolled))
    InboxKey.objects.update(created=timezone.now() - timedelta(days=2))
    assert delete_unused_grants() == 0
    for opener in (with_passphrase(enrolled), with_paper(printed)):
        newcomer = colleagues.enrol(administrator, PASSPHRASE)
        colleagues.let_in([newcomer], opener)
        assert reads(with_passphrase(newcomer), inquiry)


def test_taking_the_lock_waits_for_no_inquiry(keyring):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    assert "NO KEY UPDATE" in str(InboxKey.objects.select_for_update(no_key=True).query)


# --- the warning light ----------------------------------------------------------------------------


def test_a_key_that_is_not_pinned_turns_readiness_yellow_and_stops_nobody(client, keyring):
    beat()
    assert client.get("/readyz").text == "ready\n"
    fingerprint_file().write_text("1 nonsense\n")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "yellow" in answer.text
    assert sent().key == keyring


def full(*_arguments):
    raise OSError("disk full")
