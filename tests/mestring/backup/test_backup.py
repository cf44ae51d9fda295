"""From a running site to a file, and from the file to a site that is the same."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.utils import timezone

from mestring.backup.restoring import unpack
from tests import building, proofs, site_database
from tests.conftest import ROOT, environment_of, run
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.xdist_group("backup")  # they share one site and its backup
FILL = f"""
from contact.audit.hash_chain import link_new_entries, newest_link
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from django.core.files.base import ContentFile
from pages.models import Page
from pathlib import Path
from django.conf import settings
from django.contrib.auth.models import Permission
Permission.objects.latest("pk").delete()  # one that newer code has, with which the backup is restored
stored = receive("patient", "nb", {{"message": "{CANARY}"}}, nonce_of(new_token()), network="203.0.113.7")
Path(settings.MEDIA_ROOT, "pictures").mkdir(parents=True, exist_ok=True)
Path(settings.MEDIA_ROOT, "pictures", "a.webp").write_bytes(bytes(range(256)))
link_new_entries()
print(stored.reference, newest_link().digest)
"""
SEEN = """
from django.test import Client
from hashlib import sha256
for path in ("/", "/nn/", "/en/detox/", "/avrusning/", "/sok/?q=abstinens", "/sitemap.xml"):
    print(path, sha256(Client(SERVER_NAME="localhost").get(path).content).hexdigest())
"""


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    """A key pair: its file, and the public half for the site's setting."""
    private, file = X25519PrivateKey.generate(), tmp_path_factory.mktemp("key") / "offline.key"
    file.write_text(private.private_bytes_raw().hex())
    return file, private.public_key().public_bytes_raw().hex()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the site's operator keeps what a restore needs."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def site(built_site, tmp_path_factory, key, kept):
    """A site with pages, people, a picture, one inquiry and a backup, which no test changes."""
    folder = tmp_path_factory.mktemp("site")
    building.copy(built_site, folder, "starter")
    environment = environment_of(folder) | {"BACKUP_KEY": key[1]}
    filled, _made, _said, environment["SEEN"] = in_turn(
        environment,
        ["shell", "-c", FILL], ["backup", kept / "monday.backup"], ["backup", "--signer", kept / "signer.txt"],
        ["shell", "-c", SEEN],
    )  # fmt: skip
    environment["REFERENCE"], environment["HEAD"] = filled.split()[-2:]
    return environment


@pytest.fixture(scope="module")
def monday(site, kept):
    """A backup of it."""
    return kept / "monday.backup"


@pytest.fixture(scope="module")
def signer(site, kept):
    """What restore trusts: the public half of the site's signing key, in a file."""
    return kept / "signer.txt"


@pytest.fixture
def new_site(built_site, tmp_path, key):
    """A site with tables and no rows; with the long drills, without tables, which a restore makes first."""
    folder = tmp_path / "new"
    folder.mkdir()
    if "drills" in proofs.WANTED:
        site_database.make(folder)
        (folder / "static").symlink_to(built_site / "static")  # of the code, not of the site
    else:
        building.copy(built_site, folder, "empty")
    return environment_of(folder) | {"BACKUP_KEY": key[1]}


def manage(environment, *arguments):
    return run(["manage.py", *map(str, arguments)], environment)


def in_turn(environment, *commands):
    """Run commands one after another in one process, each start of which takes time; return what each printed."""
    lines = [[str(word) for word in command] for command in commands]
    script = (
        "import runpy, sys\n"
        f"for words in {lines!r}:\n"
        "    sys.argv = ['manage.py', *words]\n"
        "    runpy.run_path('manage.py', run_name='__main__')\n"
        "    print('\\f', end='')"
    )
    return run(["-c", script], environment).split("\f")[:-1]


def refused(environment, *arguments):
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def manifest_of(file, key, folder):
    return unpack(file, X25519PrivateKey.from_private_bytes(bytes.fromhex(key[0].read_text())), folder, None)


def test_a_drill_from_a_lost_machine_to_an_opened_inquiry(site, monday, new_site, key, tmp_path, signer):
    assert oct(monday.stat().st_mode & 0o777) == "0o600"
    whole = monday.read_bytes()
    assert not [word for word in (CANARY, "Mestringshusene", "astrid", "abstinens") if word.encode() in whole]

    Path(new_site["DATA_DIR"]).chmod(0o755)
    manage(new_site, "restore", monday, "--key", key[0], "--signer", signer, "--nothing-erased")
    again = tmp_path / "tuesday.backup"
    paper = f"{site['DATA_DIR']}/keys/recovery-paper.txt"  # from the safe
    # From a terminal that cannot show every letter: an operator's old system, or a bare rescue machine.
    seen, _said, chain, opened = in_turn(
        new_site | {"PYTHONIOENCODING": "ascii"},
        ["shell", "-c", SEEN], ["backup", again], ["inbox", "audit", "--verify"],
        ["inbox", "open", site["REFERENCE"], "--paper", paper],
    )  # fmt: skip
    assert seen == site["SEEN"]
    assert [path.name for path in Path(new_site["DATA_DIR"], "media", "pictures").iterdir()] == ["a.webp"]
    assert oct(Path(new_site["DATA_DIR"]).stat().st_mode & 0o777) == "0o700"
    for folder in ("media", "media/pictures"):  # a delivery process of its own user reads them, by the group
        assert oct(Path(new_site["DATA_DIR"], folder).stat().st_mode & 0o777) == "0o750"
    first, second = manifest_of(monday, key, tmp_path / "a"), manifest_of(again, key, tmp_path / "b")
    for manifest in (first, second):  # newer code has added a permission, see FILL
        del manifest["rows"]["auth.permission"]
        manifest["files"] = {n: digest for n, digest in manifest["files"].items() if "-auth.permission/" not in n}
    assert first["files"] == second["files"]  # every value of every other row is unchanged
    assert first["rows"] == second["rows"]
    assert first["rows"]["contact.inquiry"] == 1
    # The chain is whole and the same, and its triggers are there.
    assert chain.split()[-1] == site["HEAD"]
    assert CANARY.encode("ascii", "backslashreplace").decode() in opened


@pytest.mark.plain
def test_a_restored_copy_mails_nobody_until_its_operator_says_so(monday, new_site, key, signer):
    held, mail = Path(new_site["DATA_DIR"]) / "mail-is-held", Path(new_site["DATA_DIR"]) / "mail"
    restoring = ["restore", monday, "--key", key[0], "--signer", signer, "--nothing-erased"]
    release = f"from pathlib import Path; print(Path({str(mail)!r}).exists()); Path({str(held)!r}).unlink()"
    said, _set_up, _held, mailed, _sent = in_turn(
        new_site,
        restoring, ["setup_site"], ["deliver", "--once"], ["shell", "-c", release], ["deliver", "--once"],
    )  # fmt: skip
    assert str(held) in said
    # In this order: without its key files, `setup_site` warns of what is not lost.
    assert 0 < said.index("nøkkelfilene") < said.index("setup_site")
    assert mailed.split()[-1] == "False"
    assert list(mail.iterdir())


def test_what_tells_which_network_sent_and_who_is_logged_in_is_left_out(site, monday, key, tmp_path):
    assert site_database.ask(Path(site["DATA_DIR"]), "SELECT count(*) FROM contact_throttlecount") == [(1,)]
    manifest = manifest_of(monday, key, tmp_path)
    labels = {name.split("/")[1].split("-", 1)[1] for name in manifest["files"] if name.startswith("database/")}
    assert "contact.inquiry" in labels
    assert not labels & {
        "sessions.session", "contact.unlocked", "contact.unlocktries", "contact.throttlekey",
        "contact.throttlecount", "contact.logintries",
    }  # fmt: skip
    assert labels >= set(manifest["rows"])


@pytest.mark.proof("drills")
def test_a_site_that_is_used_is_never_mixed_with_another(site, monday, key, signer):
    rows = (
        "from django.db import connection as c; print(len(list(c.cursor().execute('SELECT * FROM pages_page'))))"
    )
    before = manage(site, "shell", "-c", rows)
    refused(site, "restore", monday, "--key", key[0], "--signer", signer, "--nothing-erased")
    assert manage(site, "shell", "-c", rows) == before


@pytest.mark.proof("drills")
def test_a_changed_file_and_a_wrong_key_leave_the_new_site_empty(monday, new_site, key, tmp_path, signer):
    file, other = tmp_path / "monday.backup", tmp_path / "other.key"
    printed = manage(new_site, "backup", "--new-key", other)
    assert other.read_text() not in printed
    assert "BACKUP_KEY=" in printed
    refused(new_site, "restore", monday, "--key", other, "--signer", signer, "--nothing-erased")
    changed = bytearray(monday.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    refused(new_site, "restore", file, "--key", key[0], "--signer", signer, "--nothing-erased")
    refused(new_site, "restore", file, "--key", key[0], "--signer", signer, "--check")
    names = {path.name for path in Path(new_site["DATA_DIR"]).iterdir()}
    assert not [name for name in names if name.startswith(("restoring", "checking", "media"))]


def test_what_was_erased_after_the_backup_does_not_come_back(site, monday, new_site, key, tmp_path, signer):
    manifest_of(monday, key, tmp_path / "read")
    columns, row = (
        json.loads(path.read_text())
        for path in sorted((tmp_path / "read" / "database").glob("*-contact.inquiry/*.jsonl"))
    )
    inquiry = dict(zip(columns, row, strict=True))
    erased = tmp_path / "erased-inquiries.txt"
    erased.write_text(f"{inquiry['locator']} {inquiry['id']} {timezone.now().isoformat()}\n")
    # A line that another person has written erases nothing.
    trusting = ["restore", str(monday), "--key", str(key[0]), "--erased", str(erased)]
    with pytest.raises(CommandError, match="--unsigned"):
        call_command(*trusting, "--signer", str(signer))
    count = (
        "from contact.models import Inquiry, QuarterCount, Tombstone; "
        "print(Inquiry.objects.count(), Tombstone.objects.count(), QuarterCount.objects.get(kind='wait').count)"
    )
    _said, counted = in_turn(new_site, [*trusting, "--unsigned"], ["shell", "-c", count])
    assert counted.splitlines()[-1] == "0 1 1"  # erased, and still counted


@pytest.mark.plain
def test_a_list_that_is_none_stops_a_restore_before_it_begins(monday, key, tmp_path, signer, settings):
    erased = tmp_path / "erased-inquiries.txt"
    erased.write_text("hei\n")
    restoring = ["restore", str(monday), "--key", str(key[0]), "--signer", str(signer), "--erased", str(erased)]
    with pytest.raises(CommandError, match="ikke en liste over slettede henvendelser"):
        call_command(*restoring)
    assert not Path(settings.MEDIA_ROOT).exists()


def test_without_a_key_nothing_is_written(settings, tmp_path):
    settings.BACKUP_KEY, file = "", tmp_path / "monday.backup"
    with pytest.raises(CommandError, match="BACKUP_KEY"):
        call_command("backup", str(file))
    assert not file.exists()


@pytest.mark.proof("drills")
def test_inquiries_that_come_meanwhile_are_whole_or_not_in_it(built_site, key, tmp_path):
    folder = tmp_path / "busy"
    folder.mkdir()
    building.copy(built_site, folder, "keyed")
    site = environment_of(folder) | {"BACKUP_KEY": key[1]}
    send = (
        "from contact.sender.intake import receive; from contact.sender.receipt import new_token, nonce_of\n"
        "for n in range(40): receive('patient', 'nb', {'message': 'x'}, nonce_of(new_token()))"
    )
    sending = threading.Thread(target=manage, args=(site, "shell", "-c", send))
    sending.start()
    counts = []
    for number in range(2):
        file = tmp_path / f"{number}.backup"
        manage(site, "backup", file)
        rows = manifest_of(file, key, tmp_path / str(number))["rows"]
        counts.append([rows.get(f"contact.{name}", 0) for name in ("inquiry", "delivery", "accessentry")])
    sending.join()
    assert all(len(set(three)) == 1 for three in counts), counts
