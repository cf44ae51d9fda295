"""A real site behind a real nginx: whatever breaks in it, one rehearsal turns it yellow or red."""

import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from contact.rehearsal.faults import FAULTS
from contact.rehearsal.walk import WORDS
from mestring.readiness.checks import AWAY
from tests import nginx, site_database, small_site
from tests.conftest import ROOT, free_port, running
from tests.contact.traces import found_in, traces_of
from tests.site_database import ON_POSTGRESQL

pytestmark = pytest.mark.proof("rehearsal")
PATIENCE = "30"


class Nightly:
    """The site, and what its timer and its operator do."""

    def __init__(self, site, front):
        self.site, self.front = site, front
        self.delivery = None

    def rehearse(self, patience=PATIENCE, **more):
        """Rehearse as the timer does; return the exit status and what was said."""
        done = subprocess.run(
            [sys.executable, "manage.py", "rehearse", "--patience", patience],
            cwd=ROOT, env=self.site.environment | more, capture_output=True, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def readyz(self):
        """Return the status, and the lines about the rehearsal or what is red."""
        try:
            answer = urllib.request.urlopen(f"{self.site.url}/readyz")
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode()

    def ask(self, sql):
        return site_database.ask(self.site.data_dir, sql)

    def deliver(self, **more):
        """Start the delivery process, in the place of the one that runs."""
        self.stop_delivering()
        self.delivery = subprocess.Popen(
            [sys.executable, "manage.py", "deliver"],
            cwd=ROOT, env=self.site.environment | more, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop_delivering(self):
        if self.delivery:
            self.delivery.terminate()
            self.delivery.wait(timeout=20)
            self.delivery = None

    def is_yellow_about(self, step):
        status, lines = self.readyz()
        return status == 200 and f"yellow: {FAULTS[step]}" in lines


@pytest.fixture(scope="module")
def nightly(built_site, tmp_path_factory):
    front, data = tmp_path_factory.mktemp("front"), tmp_path_factory.mktemp("site")
    with (
        running(built_site, data, "keyed", BEHIND_HTTPS="true", OPERATOR_MAIL="drift@klinikken.no") as site,
        nginx.running(front, "localhost", site.port) as secure,
    ):
        site.options["SITE_ADDRESS"] = f"https://localhost:{secure}"
        site.options["CERTIFICATE_AUTHORITY"] = str(front / "site.pem")
        made = Nightly(site, front)
        made.deliver()
        yield made
        made.stop_delivering()


@pytest.fixture(autouse=True)
def mended(nightly):
    """Each fault is mended when its test is over: the next rehearsal goes well and says so."""
    yield
    assert nightly.rehearse()[0] == 0
    status, lines = nightly.readyz()
    assert (status, "rehearsal" in lines) == (200, False)


def test_a_sound_site_is_called_sound_and_keeps_no_word_of_it(nightly):
    assert nightly.rehearse() == (0, "The inquiry was stored, sealed, announced, read and erased.\n")
    for table in ("inquiry", "delivery", "tombstone", "throttlecount"):
        assert nightly.ask(f"SELECT * FROM contact_{table}") == [], table
    [mail] = (nightly.site.data_dir / "mail").iterdir()
    assert "To: drift@klinikken.no" in mail.read_text()
    traces = traces_of(WORDS)
    assert found_in(nightly.site.data_dir, traces) == []
    assert found_in(nightly.front, traces) == []


def test_an_address_that_does_not_answer_and_a_certificate_that_is_not_trusted(nightly):
    assert nightly.rehearse(SITE_ADDRESS=f"https://localhost:{free_port()}")[0] == 1
    assert nightly.is_yellow_about("site")
    assert nightly.rehearse(CERTIFICATE_AUTHORITY="")[0] == 1
    assert nightly.is_yellow_about("site")


def test_a_form_that_is_not_there(nightly):
    with small_site.running() as port:
        status, said = nightly.rehearse(SITE_ADDRESS=f"http://127.0.0.1:{port}")
    assert status == 1
    assert FAULTS["form"] in said
    assert nightly.is_yellow_about("form")


def test_content_that_is_stored_in_the_clear(nightly):
    plain = WORDS.encode().hex()
    if ON_POSTGRESQL:
        nightly.ask(
            "CREATE FUNCTION in_the_clear() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN NEW.sealed = '\\x{plain}'; RETURN NEW; END$$"
        )
        nightly.ask(
            "CREATE TRIGGER unsealed BEFORE INSERT ON contact_inquiry FOR EACH ROW EXECUTE FUNCTION in_the_clear()"
        )
    else:
        nightly.ask(
            "CREATE TRIGGER unsealed AFTER INSERT ON contact_inquiry BEGIN "
            f"UPDATE contact_inquiry SET sealed = X'{plain}' WHERE id = NEW.id; END"
        )
    assert nightly.rehearse()[0] == 1
    assert nightly.is_yellow_about("sealing")
    nightly.ask("DROP TRIGGER unsealed" + (" ON contact_inquiry" if ON_POSTGRESQL else ""))


def test_a_key_whose_fingerprint_is_not_the_pinned_one(nightly):
    pins = nightly.site.data_dir / "keys" / "inbox_fingerprints"
    kept = pins.read_text()
    pins.write_text("1 " + "0" * 64 + "\n")
    assert nightly.rehearse()[0] == 1
    pins.write_text(kept)
    assert nightly.is_yellow_about("sealing")


def test_a_database_that_takes_no_inquiry_and_one_that_does_not_answer(nightly):
    nightly.ask("ALTER TABLE contact_delivery RENAME TO away")
    status, said = nightly.rehearse()
    assert status == 1
    assert FAULTS["storing"] in said
    nightly.ask("ALTER TABLE away RENAME TO contact_delivery")
    assert nightly.is_yellow_about("storing")
    nightly.ask("ALTER TABLE contact_rehearsal RENAME TO away")
    status, said = nightly.rehearse()
    assert status == 1
    assert FAULTS["database"] in said
    assert nightly.readyz() == (503, f"red: {AWAY}\n")
    nightly.ask("ALTER TABLE away RENAME TO contact_rehearsal")


def test_mail_that_no_server_takes_and_a_delivery_process_that_does_not_run(nightly):
    nightly.deliver(EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    assert nightly.rehearse(patience="8")[0] == 1
    assert nightly.is_yellow_about("notice")
    nightly.stop_delivering()
    assert nightly.rehearse(patience="1")[0] == 1
    assert nightly.is_yellow_about("notice")
    assert nightly.ask("SELECT * FROM contact_delivery") == []
    nightly.deliver()


def test_a_clock_that_was_set_back(nightly):
    nightly.ask("UPDATE contact_rehearsal SET begun_at = '2100-01-01 03:00:00+00'")
    assert nightly.is_yellow_about("clock")
    assert nightly.rehearse()[0] == 1
    assert nightly.is_yellow_about("clock")


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL's own processes write its files")
def test_a_disk_without_room(nightly):
    """No file of the web server grows any more: each write that would ends with EFBIG."""
    pages = subprocess.run(
        ["pgrep", "-P", str(nightly.site.process.pid)], capture_output=True, text=True, check=True
    )
    processes = [nightly.site.process.pid, *map(int, pages.stdout.split())]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for process in processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        status, said = nightly.rehearse()
    finally:
        for process in processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, before)
    assert status == 1
    assert FAULTS["storing"] in said
    assert nightly.is_yellow_about("storing")


def test_one_that_is_killed_midway_leaves_what_the_next_one_erases(nightly):
    process = subprocess.Popen([sys.executable, "manage.py", "rehearse"], cwd=ROOT, env=nightly.site.environment)
    deadline = time.monotonic() + 60
    while not nightly.ask("SELECT id FROM contact_inquiry"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.kill()
    process.wait(timeout=20)
    nightly.ask("UPDATE contact_rehearsal SET begun_at = '2026-01-01 03:00:00+00' WHERE ended_at IS NULL")
    assert nightly.rehearse()[0] == 0
    assert nightly.ask("SELECT id FROM contact_inquiry") == []
