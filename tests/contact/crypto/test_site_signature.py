"""What the site has signed is known by its signer, and is nothing else."""

import stat
from pathlib import Path

import pytest

from contact.crypto.site_signature import BACKUP, ERASURE_LIST, NotSigned, check_signature, sign, signer
from contact.keys.first_generation import make_keyring


def test_what_was_changed_or_signed_for_another_use_or_by_another_site_is_not_signed(settings, tmp_path):
    signature, site = sign(BACKUP, b"all"), signer()
    check_signature(BACKUP, b"all", signature, site)
    for kind, content, given in [
        (BACKUP, b"al", signature), (ERASURE_LIST, b"all", signature), (BACKUP, b"all", ""),
        (BACKUP, b"all", "blue"), (BACKUP, b"all", "00" * 64),
    ]:  # fmt: skip
        with pytest.raises(NotSigned):
            check_signature(kind, content, given, site)
    settings.KEY_DIR = tmp_path / "another"
    with pytest.raises(NotSigned):
        check_signature(BACKUP, b"all", signature, signer())


def test_the_signing_key_is_its_owner_s_alone_and_stays_and_one_that_is_made_is_said_once(settings, caplog):
    before = signer()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "backup_signing.key was not in KEY_DIR, and was made" in caplog.text
    caplog.clear()
    file = Path(settings.KEY_DIR) / "backup_signing.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert before not in file.read_text()
    assert signer() == before
    assert caplog.text == ""


def test_a_first_installation_makes_it_without_a_word(settings, tmp_path, db, caplog):
    settings.KEY_DIR = tmp_path / "keys"
    make_keyring()
    signer()
    assert "backup_signing" not in caplog.text
