"""Each secret, and who may read it: the site's user, the delivery process, another user of the machine."""

import codecs
import os
import pwd
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from contact.audit import access_log
from contact.audit.chain_heads import heads_file, write_head
from contact.crypto.files import write_once
from contact.crypto.site_signature import make_signing_key
from contact.keys import keyring
from contact.keys.key_holders import paper_file, server_key_file
from contact.models import AccessEntry, InboxKey
from contact.retention.erasure_list import write_erasure_list
from deploy.debian import layout
from deploy.debian.machine import write
from deploy.debian.rights import set_rights
from mestring.config.secrets import load_or_make_secret
from mestring.config.startup_checks import startup_errors
from mestring.web.storage import AtomicFileStorage
from tests.mestring.config.test_startup_checks import SAFE

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who is each of the users in turn"),
    pytest.mark.django_db,
]
SITE, DELIVERER, OTHER = "site", "site_deliverer", "other"
NUMBERS = {SITE: (61001, 61001), DELIVERER: (61002, 61001), OTHER: (61003, 61003)}  # user, group
FOLDERS = ("DATA", "KEYS", "HEADS", "BACKUPS", "ERASED", "EMERGENCY", "CODE", "CONFIGURATION")


@contextmanager
def being(name):
    """Be a user of the machine, with the user's own group alone."""
    user, group = NUMBERS[name]
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(group, group, 0)
    os.setresuid(user, user, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)


@pytest.fixture
def machine(monkeypatch, settings):
    """The installer's places in a folder of this test's, and users that need no line in /etc/passwd."""
    known = pwd.getpwnam

    def entry(name):
        if name not in NUMBERS:
            return known(name)
        return pwd.struct_passwd((name, "x", *NUMBERS[name], "", "/", "/usr/sbin/nologin"))

    monkeypatch.setattr(pwd, "getpwnam", entry)
    place = Path(tempfile.mkdtemp())  # not pytest's folder, which its owner alone enters
    place.chmod(0o711)
    monkeypatch.setattr(layout, "STATE", place / "state")
    for name in FOLDERS:
        monkeypatch.setattr(layout, name, place / "state" / name.lower())
    monkeypatch.setattr(layout, "SETTINGS", layout.CONFIGURATION / "site.env")
    monkeypatch.setattr(layout, "DELIVERER_KEY", layout.CONFIGURATION / "deliverer.key")
    settings.KEY_DIR, settings.DATA_DIR = layout.KEYS, layout.DATA
    settings.AUDIT_HEADS = str(layout.HEADS / "audit_heads")
    settings.ERASURE_LIST = str(layout.ERASED / "erased-inquiries.txt")
    settings.DELIVERER_KEY = str(layout.DELIVERER_KEY)
    yield place
    shutil.rmtree(place)


def fill(database):
    """Let each user write what that user writes, as the program does."""
    deliverer = DELIVERER if database == "postgresql" else SITE
    write(layout.SETTINGS, "SECRET_KEY=1", mode=0o600)
    write(layout.DELIVERER_KEY, "1", mode=0o600)
    write(layout.DELIVERER_KEY.with_suffix(".public"), "1")
    access_log.note(AccessEntry.Action.LOGGED_IN)
    for encoding in ("ascii", "utf-8-sig"):  # Python's own files may be root's alone
        codecs.lookup(encoding)
    umask = os.umask(0o077)  # as the settings say
    with being(SITE):
        make_signing_key()
        keyring.pin_first(InboxKey(generation=1, public_key=bytes(32)))
        write_once(server_key_file(), "1")
        write_once(paper_file(), "1")
        load_or_make_secret(layout.KEYS, "second_factor_key")
        AtomicFileStorage(location=layout.DATA / "media").save("pictures/a.webp", ContentFile(b"1"))
    with being(deliverer):
        write_head()
        write_erasure_list()
    with being(SITE):
        write_erasure_list()  # a backup does
    with being(deliverer):
        write_erasure_list()
    os.umask(umask)


def may(name, path, flags):
    with being(name):
        try:
            os.close(os.open(path, flags))
        except PermissionError:
            return False
        return True


def readers(path):
    return {name for name in NUMBERS if may(name, path, os.O_RDONLY)}


def writers(path):
    return {name for name in NUMBERS if may(name, path, os.O_WRONLY)}


def check(database):
    apart = database == "postgresql"
    both = {SITE, DELIVERER} if apart else {SITE}
    keys = {name: {SITE} for name in ("server_grant.key", "recovery-paper.txt", "second_factor_key")}
    keys |= dict.fromkeys(("inbox_fingerprints", "backup_signing.key"), both)
    assert {path.name for path in layout.KEYS.iterdir()} == set(keys)
    assert {name: readers(layout.KEYS / name) for name in keys} == keys
    assert {name: writers(layout.KEYS / name) for name in keys} == {name: {SITE} for name in keys}
    assert readers(layout.DELIVERER_KEY) == readers(layout.SETTINGS) == set()
    assert readers(layout.DELIVERER_KEY.with_suffix(".public")) == set(NUMBERS)
    assert writers(layout.DELIVERER_KEY.with_suffix(".public")) == set()
    assert readers(heads_file()) == both
    assert writers(heads_file()) == ({DELIVERER} if apart else {SITE})
    assert readers(layout.ERASED / "erased-inquiries.txt") == both
    assert readers(layout.DATA / "media/pictures/a.webp") == both
    assert may(SITE, layout.BACKUPS, os.O_RDONLY)
    assert not may(DELIVERER, layout.BACKUPS, os.O_RDONLY)
    for folder in (layout.DATA, layout.KEYS):
        assert readers(folder) == {SITE}  # no other user lists it
    assert layout.EMERGENCY.stat().st_uid == NUMBERS[DELIVERER if apart else SITE][0]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_secret_is_read_by_its_users_alone_and_the_chain_s_heads_are_the_deliverer_s(machine, database):
    set_rights(database)
    fill(database)
    check(database)
    set_rights(database)
    check(database)


def test_rights_that_a_copy_or_an_earlier_release_left_are_what_they_should_be_after_the_next_installation(
    machine,
):
    set_rights("sqlite")
    fill("sqlite")
    for path in layout.KEYS.iterdir():
        path.chmod(0o600)
    layout.KEYS.chmod(0o755)
    (layout.DATA / "media").chmod(0o700)
    (layout.ERASED / "erased-inquiries.txt").rename(layout.DATA / "erased-inquiries.txt")
    set_rights("postgresql")
    check("postgresql")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_live_process_starts_as_the_site_s_user_or_as_the_delivery_process_and_as_no_other(machine, database):
    set_rights(database)
    folders = {"DATA_DIR": str(layout.DATA), "KEY_DIR": str(layout.KEYS)}
    handed_over = machine / "credential"  # as systemd hands it over
    handed_over.write_text("1")
    os.chown(handed_over, *NUMBERS[DELIVERER])
    handed_over.chmod(0o400)
    deliver = {**SAFE, **folders, "DELIVERER_KEY": str(handed_over)}
    web = {**SAFE, **folders, "DELIVERER_KEY": str(layout.DELIVERER_KEY)}
    for name, settings, starts in (
        (SITE, web, True),
        (DELIVERER, deliver, database == "postgresql"),
        (DELIVERER, web, False),  # a command of the site, without the key
        (OTHER, web, False),
    ):
        with being(name):
            assert (startup_errors(settings) == []) is starts, (name, startup_errors(settings))
    assert startup_errors(web)  # root, who reads the key too
    assert startup_errors(deliver)
