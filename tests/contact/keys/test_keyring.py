import logging
import stat

import pytest
from django.db import DatabaseError, transaction

from contact.keys import key_holders
from contact.keys.first_generation import make_keyring
from contact.keys.key_holders import open_with_recovery, open_with_server_grant
from contact.keys.keyring import KeysMissing, fingerprint_file, is_pinned, pin, sealing_key
from contact.keys.recovery_paper import PaperWrong, new_paper
from contact.models import Grant, InboxKey
from tests.contact.conftest import FILES, put_keyring

pytestmark = pytest.mark.django_db


def private_bytes(key, how=open_with_server_grant, *more):
    return how(key, *more).private_bytes_raw()


def put_again():
    """Put in the keyring as every test of a process but the first does (tests/contact/conftest.py)."""
    with transaction.atomic():
        put_keyring()
        transaction.set_rollback(True)
    for file in FILES:
        file().unlink()
    return put_keyring()


def test_the_keyring_is_made_once(keyring):
    before = key_holders.paper_file().read_text(encoding="utf-8")
    assert make_keyring() == keyring
    assert InboxKey.objects.count() == 1
    assert Grant.objects.count() == 2
    assert key_holders.paper_file().read_text(encoding="utf-8") == before


def test_the_paper_lies_with_the_keys_for_its_owner_alone_and_never_in_a_copy_of_the_data(keyring, settings):
    file, old = key_holders.paper_file(), settings.DATA_DIR / "recovery-paper.txt"
    assert (file.parent, file.stat().st_mode & 0o777, old.exists()) == (settings.KEY_DIR, 0o600, False)
    paper = file.read_text(encoding="utf-8")
    file.rename(old)  # as an earlier version left it
    old.chmod(0o644)
    make_keyring()
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777, old.exists()) == (paper, 0o600, False)
    old.write_text("another paper")
    make_keyring()
    assert (file.read_text(encoding="utf-8"), old.read_text()) == (paper, "another paper")


@pytest.mark.parametrize("put", [make_keyring, put_again])
def test_server_and_paper_open_the_same_key_and_it_fits_the_public_half(put):
    keyring = put()
    paper = key_holders.paper_file().read_text(encoding="utf-8")
    opened = open_with_server_grant(keyring)
    assert opened.private_bytes_raw() == private_bytes(keyring, open_with_recovery, paper)
    assert is_pinned(keyring)
    assert opened.public_key().public_bytes_raw() == bytes(keyring.public_key)


@pytest.mark.parametrize("put", [make_keyring, put_again])
def test_only_the_owner_can_read_the_files(put):
    put()
    for path in (key_holders.paper_file(), key_holders.server_key_file(), fingerprint_file()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_draft_is_left_behind():
    make_keyring()
    assert [path.name for path in key_holders.paper_file().parent.glob(".*")] == []
    assert [path.name for path in key_holders.server_key_file().parent.glob(".*")] == []


def test_no_private_key_lies_in_the_clear_in_the_database():
    keyring = make_keyring()
    secret = private_bytes(keyring)
    server = bytes.fromhex(key_holders.server_key_file().read_text(encoding="ascii"))
    for grant in Grant.objects.all():
        assert secret not in bytes(grant.sealed_private)
        assert server not in bytes(grant.sealed_private)


def test_without_the_server_key_file_nothing_opens_but_sealing_goes_on(keyring):
    key_holders.server_key_file().rename(key_holders.server_key_file().with_suffix(".away"))
    with pytest.raises(KeysMissing):
        open_with_server_grant(keyring)
    assert sealing_key()[0] == keyring


@pytest.mark.parametrize("content", ["", "not hex", "abcd"])
def test_a_spoilt_server_key_file_counts_as_missing(keyring, content):
    key_holders.server_key_file().write_text(content, encoding="ascii")
    with pytest.raises(KeysMissing):
        open_with_server_grant(keyring)


def test_another_inbox_s_paper_is_a_clear_error(keyring):
    with pytest.raises(PaperWrong):
        open_with_recovery(keyring, new_paper())


def test_before_setup_there_is_no_key_to_seal_to():
    with pytest.raises(KeysMissing):
        sealing_key()


def test_a_public_key_other_than_the_pinned_one_is_logged_and_stops_nothing(keyring, caplog):
    InboxKey.objects.update(public_key=bytes(range(32)))
    with caplog.at_level(logging.ERROR):
        key, _public = sealing_key()
    assert not is_pinned(key)
    assert "not the pinned one" in caplog.text


def test_the_pinned_key_is_quiet(keyring, caplog):
    sealing_key()
    assert caplog.text == ""


def test_the_newest_generation_is_the_one_to_seal_to(keyring):
    newer = InboxKey.objects.create(generation=2, public_key=bytes(keyring.public_key))
    pin(newer)
    assert sealing_key()[0] == newer


def test_a_crash_before_the_grants_commit_leaves_files_that_the_next_run_takes_up(db, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Grant.objects, "create", crash)
        with pytest.raises(DatabaseError), transaction.atomic():
            make_keyring()
    assert not InboxKey.objects.exists()
    paper = key_holders.paper_file().read_text(encoding="utf-8")
    server = key_holders.server_key_file().read_text(encoding="ascii")
    key = make_keyring()
    assert key_holders.paper_file().read_text(encoding="utf-8") == paper
    assert key_holders.server_key_file().read_text(encoding="ascii") == server
    assert private_bytes(key) == private_bytes(key, open_with_recovery, paper)


def test_a_crash_before_the_fingerprint_is_pinned_is_mended_by_the_next_run(keyring):
    fingerprint_file().unlink()
    assert not is_pinned(keyring)
    make_keyring()
    assert is_pinned(keyring)


def test_a_key_that_inquiries_are_sealed_to_is_never_pinned_anew(keyring, inquiry):
    fingerprint_file().unlink()
    make_keyring()
    assert not is_pinned(keyring)
    assert not fingerprint_file().exists()


def test_a_line_of_another_encoding_in_the_file_of_fingerprints_stops_no_start_and_spoils_no_other(keyring):
    pinned = fingerprint_file().read_bytes()
    fingerprint_file().write_bytes(b"1 l\xf8rdag\n")
    make_keyring()
    assert not is_pinned(keyring)
    fingerprint_file().write_bytes(b"1 l\xf8rdag\n" + pinned)
    make_keyring()
    assert is_pinned(keyring)


def test_the_files_are_on_disk_before_a_grant_exists(db, monkeypatch):
    there = []
    create = Grant.objects.create

    def look(**fields):
        there.append(key_holders.paper_file().exists() and key_holders.server_key_file().exists())
        return create(**fields)

    monkeypatch.setattr(Grant.objects, "create", look)
    make_keyring()
    assert there == [True, True]


def crash(**_fields):
    raise DatabaseError("disk full")
