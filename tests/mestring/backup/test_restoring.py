"""A backup that another wrote with the public key puts nothing outside the folder it is unpacked in."""

import io
import json
import stat
import tarfile
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from contact.crypto.site_signature import BACKUP, NotSigned, sign, signer
from mestring.backup.restoring import close_to_others, unpack
from mestring.backup.sealed_file import BackupBroken, SealedWriter
from mestring.backup.writing import FORMAT, MANIFEST, SIGNATURE

KEY = X25519PrivateKey.generate()


@pytest.fixture(autouse=True)
def keys(settings, tmp_path_factory):
    settings.KEY_DIR = tmp_path_factory.mktemp("keys")


@pytest.fixture
def sealed(tmp_path):
    """Return a function that seals entries and a manifest that fits them."""

    def seal(*entries, missing=(), signed=True):
        file = tmp_path / "written.backup"
        digests = {entry.name: sha256(b"x" * entry.size).hexdigest() for entry in (*entries, *missing)}
        manifest = json.dumps({"format": FORMAT, "files": digests}).encode()
        last = {MANIFEST: manifest} | ({SIGNATURE: sign(BACKUP, manifest).encode()} if signed else {})
        with (
            file.open("wb") as target,
            SealedWriter(target, KEY.public_key()) as writer,
            tarfile.open(fileobj=writer, mode="w|") as tar,
        ):
            for entry in entries:
                tar.addfile(entry, io.BytesIO(b"x" * entry.size))
            for name, content in last.items():
                made = tarfile.TarInfo(name)
                made.size = len(content)
                tar.addfile(made, io.BytesIO(content))
        return file

    return seal


def entry(name, **fields):
    made = tarfile.TarInfo(name)
    for field, value in ({"size": 1} | fields).items():
        setattr(made, field, value)
    return made


def test_files_come_out_for_their_owner_alone(sealed, tmp_path):
    folder = tmp_path / "out"
    (folder / "database").mkdir(parents=True)
    unpack(sealed(entry("media/pictures/a.webp", mode=0o666)), KEY, folder, signer())
    file = folder / "media" / "pictures" / "a.webp"
    assert file.read_bytes() == b"x"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_that_a_person_sealed_who_knows_the_public_key_is_refused(sealed, tmp_path, settings):
    def unpacked(file, trusted, name):
        (tmp_path / name / "database").mkdir(parents=True)
        return unpack(file, KEY, tmp_path / name, trusted)

    ours = signer()
    with pytest.raises(NotSigned):
        unpacked(sealed(entry("media/a"), signed=False), ours, "unsigned")
    settings.KEY_DIR = tmp_path / "of another site"
    with pytest.raises(NotSigned):
        unpacked(sealed(entry("media/a")), ours, "another site's")
    assert unpacked(sealed(entry("media/a"), signed=False), None, "told so")["files"]


def test_a_backup_that_lacks_a_file_of_its_list_is_refused(sealed, tmp_path):
    folder = tmp_path / "out"
    (folder / "database").mkdir(parents=True)
    with pytest.raises(BackupBroken):
        unpack(sealed(entry("media/a"), missing=[entry("media/b")]), KEY, folder, signer())


@pytest.mark.parametrize(
    "entries",
    [
        [entry("../outside")],
        [entry("media/../../outside")],
        [entry("{absolute}")],
        [entry("link", type=tarfile.SYMTYPE, linkname="..", size=0), entry("link/outside")],
        [entry("media/a", type=tarfile.LNKTYPE, linkname="../inside", size=0)],
        [entry("media/a", type=tarfile.FIFOTYPE, size=0)],
        [entry("media/a"), entry("media/a")],
    ],
    ids=["above", "above from within", "absolute", "symbolic link", "hard link", "pipe", "twice"],
)
def test_what_is_no_file_below_the_folder_is_refused(sealed, tmp_path, entries):
    folder = tmp_path / "out"
    (folder / "database").mkdir(parents=True)
    for one in entries:
        one.name = one.name.format(absolute=tmp_path / "outside")
    file = sealed(*entries)
    with pytest.raises(BackupBroken):
        unpack(file, KEY, folder, None)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "written.backup"}


@pytest.mark.parametrize(
    "files",
    [
        {MANIFEST: b"{}"},
        {MANIFEST: b"[]"},
        {f"{MANIFEST}/x": b"1"},
        {"database/000-auth.user/000000.jsonl": b"[1,\n"},
        {"database/000-auth.user/000000.jsonl": b"\xff"},
        {"media/a": b"x"},
    ],
    ids=["no format", "a list", "a folder", "half a row", "no text", "no rows"],
)
def test_what_is_trusted_unsigned_and_is_no_backup_is_refused_in_a_sentence(tmp_path, files):
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    if not any(name.startswith(MANIFEST) for name in files):
        files = files | {MANIFEST: json.dumps({"format": FORMAT, "files": digests}).encode()}
    (folder := tmp_path / "out").mkdir()
    file = tmp_path / "written.backup"
    with (
        file.open("wb") as target,
        SealedWriter(target, KEY.public_key()) as writer,
        tarfile.open(fileobj=writer, mode="w|") as tar,
    ):
        for name, content in files.items():
            tar.addfile(entry(name, size=len(content)), io.BytesIO(content))
    with pytest.raises(BackupBroken):
        unpack(file, KEY, folder, None)


@pytest.mark.parametrize(("key", "mode"), [("", 0o700), ("/etc/site/deliverer.key", 0o710)])
def test_the_data_folder_is_its_owner_s_alone_but_for_a_delivery_process_apart(key, mode, settings, tmp_path):
    settings.DELIVERER_KEY = key
    tmp_path.chmod(0o755)
    close_to_others(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == mode
    close_to_others(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == mode
