"""From a running site to a file, and from the file to a site that is the same."""

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from mestring.backup.rows import LEFT_OUT
from tests import building
from tests.conftest import ROOT, environment_of, run
from tests.contact.conftest import CANARY

FILL = f"""
from contact.intake import receive
from contact.receipt import new_token, nonce_of
from django.core.files.base import ContentFile
from pages.models import Page
from pathlib import Path
from django.conf import settings
print(receive("patient", "nb", {{"message": "{CANARY}"}}, nonce_of(new_token()), network="203.0.113.7").reference)
Path(settings.MEDIA_ROOT, "pictures").mkdir(parents=True, exist_ok=True)
Path(settings.MEDIA_ROOT, "pictures", "a.webp").write_bytes(bytes(range(256)))
"""
SEEN = """
from django.test import Client
from hashlib import sha256
for path in ("/", "/nn/", "/en/detox/", "/avrusning/", "/sok/?q=abstinens", "/sitemap.xml"):
    print(path, sha256(Client(SERVER_NAME="localhost").get(path).content).hexdigest())
"""


@pytest.fixture
def key(tmp_path):
    """A key pair: its file, and what the site is told of it."""
    file = tmp_path / "offline.key"
    printed = run(["manage.py", "backup", "--new-key", str(file)], environment_of(tmp_path))
    return file, printed.split("BACKUP_KEY=")[1].split()[0]


@pytest.fixture
def site(built_site, tmp_path, key):
    """A site with pages, people, a picture and one inquiry."""
    folder = tmp_path / "site"
    folder.mkdir()
    building.copy(built_site, folder, "starter")
    return environment_of(folder) | {"BACKUP_KEY": key[1]}


@pytest.fixture
def new_site(built_site, tmp_path, key):
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "static").symlink_to(built_site / "static")  # of the code, not of the site
    return environment_of(folder) | {"BACKUP_KEY": key[1]}


def manage(environment, *arguments):
    return run(["manage.py", *map(str, arguments)], environment)


def refused(environment, *arguments):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def marks(environment, file, key):
    """Return what a backup says of each of its files."""
    ask = (
        "import sys, json, tempfile; from pathlib import Path; import django; django.setup();"
        "from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey as K;"
        "from mestring.backup.restoring import unpack;"
        "key = K.from_private_bytes(bytes.fromhex(Path(sys.argv[2]).read_text()));"
        "folder = tempfile.mkdtemp(dir=Path(sys.argv[1]).parent);"
        "print(json.dumps(unpack(Path(sys.argv[1]), key, Path(folder))))"
    )
    return json.loads(run(["-c", ask, str(file), str(key)], environment))


def test_a_drill_from_a_lost_machine_to_an_opened_inquiry(site, new_site, key, tmp_path):
    reference = manage(site, "shell", "-c", FILL).split()[-1]
    pages = manage(site, "shell", "-c", SEEN)
    file, again = tmp_path / "monday.backup", tmp_path / "tuesday.backup"
    manage(site, "backup", file)
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    whole = file.read_bytes()
    assert not [word for word in (CANARY, "Mestringshusene", "astrid", "abstinens") if word.encode() in whole]

    manage(new_site, "restore", file, "--key", key[0], "--nothing-erased")
    assert manage(new_site, "shell", "-c", SEEN) == pages
    assert [path.name for path in Path(new_site["DATA_DIR"], "media", "pictures").iterdir()] == ["a.webp"]
    manage(new_site, "backup", again)
    first, second = (marks(site, one, key[0]) for one in (file, again))
    assert first["files"] == second["files"]  # every value of every row is what it was
    assert first["rows"] == second["rows"]
    assert first["rows"]["contact.inquiry"] == 1
    paper = f"{site['DATA_DIR']}/recovery-paper.txt"  # from the safe
    assert CANARY in manage(new_site, "inbox", "open", reference, "--paper", paper)


def test_what_tells_which_network_sent_and_who_is_logged_in_is_left_out(site, key, tmp_path):
    manage(site, "shell", "-c", FILL)
    with closing(sqlite3.connect(f"{site['DATA_DIR']}/site.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM contact_throttlecount").fetchone() == (1,)
    file = tmp_path / "monday.backup"
    manage(site, "backup", file)
    manifest = marks(site, file, key[0])
    assert not LEFT_OUT & set(manifest["rows"])
    assert not [
        name for name in manifest["files"] for left in LEFT_OUT if name.split("-", 1)[-1].startswith(f"{left}/")
    ]


def test_a_site_that_is_used_is_never_mixed_with_another(site, key, tmp_path):
    file = tmp_path / "monday.backup"
    manage(site, "backup", file)
    before = manage(site, "shell", "-c", SEEN)
    refused(site, "restore", file, "--key", key[0], "--nothing-erased")
    assert manage(site, "shell", "-c", SEEN) == before


def test_a_changed_file_and_a_wrong_key_leave_the_new_site_empty(site, new_site, key, tmp_path):
    file, other = tmp_path / "monday.backup", tmp_path / "other.key"
    manage(site, "backup", file)
    manage(site, "backup", "--new-key", other)
    refused(new_site, "restore", file, "--key", other, "--nothing-erased")
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    refused(new_site, "restore", file, "--key", key[0], "--nothing-erased")
    refused(new_site, "restore", file, "--key", key[0], "--check")
    names = {path.name for path in Path(new_site["DATA_DIR"]).iterdir()}
    assert not [name for name in names if name.startswith(("restoring", "checking", "media"))]


ERASE = """
from contact.erasure import erase
from contact.models import AccessEntry, Inquiry
erase(Inquiry.objects.get(), AccessEntry.Action.ERASED)
"""


def test_what_was_erased_after_the_backup_does_not_come_back(site, new_site, key, tmp_path):
    manage(site, "shell", "-c", FILL)
    file, erased = tmp_path / "monday.backup", tmp_path / "erased-inquiries.txt"
    manage(site, "backup", file)
    manage(site, "shell", "-c", ERASE)
    manage(site, "deliver", "--once")  # writes the list, which is copied away like the backup
    Path(site["DATA_DIR"], "erased-inquiries.txt").rename(erased)
    assert len(erased.read_text().splitlines()) == 1
    manage(new_site, "restore", file, "--key", key[0], "--erased", erased)
    count = (
        "from contact.models import Inquiry, Tombstone; print(Inquiry.objects.count(), Tombstone.objects.count())"
    )
    assert manage(new_site, "shell", "-c", count).splitlines()[-1] == "0 1"


def test_a_list_that_is_none_stops_a_restore_before_it_begins(site, new_site, key, tmp_path):
    file, erased = tmp_path / "monday.backup", tmp_path / "erased-inquiries.txt"
    manage(site, "backup", file)
    erased.write_text("hei\n")
    refused(new_site, "restore", file, "--key", key[0], "--erased", erased)
    refused(new_site, "restore", file, "--key", key[0], "--erased", tmp_path / "missing.txt")
    assert not Path(new_site["DATA_DIR"], "media").exists()


def test_without_a_key_nothing_is_written(site, tmp_path):
    file = tmp_path / "monday.backup"
    assert "BACKUP_KEY" in refused(site | {"BACKUP_KEY": ""}, "backup", file)
    assert not file.exists()


def test_inquiries_that_come_meanwhile_are_whole_or_not_in_it(site, key, tmp_path):
    send = (
        "from contact.intake import receive; from contact.receipt import new_token, nonce_of\n"
        "for n in range(40): receive('patient', 'nb', {'message': 'x'}, nonce_of(new_token()))"
    )
    sending = threading.Thread(target=manage, args=(site, "shell", "-c", send))
    sending.start()
    counts = []
    for number in range(2):
        file = tmp_path / f"{number}.backup"
        manage(site, "backup", file)
        rows = marks(site, file, key[0])["rows"]
        counts.append([rows.get(f"contact.{name}", 0) for name in ("inquiry", "delivery", "accessentry")])
    sending.join()
    assert all(len(set(three)) == 1 for three in counts), counts
