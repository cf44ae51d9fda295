"""A backup that another wrote with the public key puts nothing outside the folder it is unpacked in."""

import io
import json
import stat
import tarfile
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from mestring.backup.restoring import unpack
from mestring.backup.sealed_file import BackupBroken, SealedWriter
from mestring.backup.writing import FORMAT, MANIFEST

KEY = X25519PrivateKey.generate()


@pytest.fixture
def sealed(tmp_path):
    """Return a function that seals entries and a manifest that fits them."""

    def seal(*entries, missing=()):
        file = tmp_path / "written.backup"
        digests = {entry.name: sha256(b"x" * entry.size).hexdigest() for entry in (*entries, *missing)}
        manifest = json.dumps({"format": FORMAT, "files": digests}).encode()
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(manifest)
        with (
            file.open("wb") as target,
            SealedWriter(target, KEY.public_key()) as writer,
            tarfile.open(fileobj=writer, mode="w|") as tar,
        ):
            for entry in entries:
                tar.addfile(entry, io.BytesIO(b"x" * entry.size))
            tar.addfile(last, io.BytesIO(manifest))
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
    unpack(sealed(entry("media/pictures/a.webp", mode=0o666)), KEY, folder)
    file = folder / "media" / "pictures" / "a.webp"
    assert file.read_bytes() == b"x"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_that_lacks_a_file_of_its_list_is_refused(sealed, tmp_path):
    folder = tmp_path / "out"
    (folder / "database").mkdir(parents=True)
    with pytest.raises(BackupBroken):
        unpack(sealed(entry("media/a"), missing=[entry("media/b")]), KEY, folder)


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
        unpack(file, KEY, folder)
    assert {path.name for path in tmp_path.iterdir()} == {"out", "written.backup"}
