"""Fixtures for all tests: the cast, a running site, a real browser."""

import fcntl
import gc
import itertools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import TransactionTestCase

from contact.audit import triggers
from tests import building, postgresql_leg, proofs, site_database
from tests.cast import (  # noqa: F401 (fixtures are found by name)
    PASSWORD,
    accounts,
    accounts_client,
    administrator,
    administrator_client,
    cast,
    editor,
    editor_client,
    inquiry_client,
    inquiry_staff,
    reviewer,
    reviewer_client,
    roleless,
)
from tests.following import note_unfollowed
from tests.site_database import ON_POSTGRESQL

ROOT = Path(__file__).parent.parent
# Files whose tests drive a running site, with the seconds they took on two quiet cores, long proofs included.
SECONDS = {
    "tests/journeys/test_every_kind_of_page.py": 104,
    "tests/journeys/test_first_day.py": 60,
    "tests/mestring/test_start.py": 34,
    "tests/pages/admin/test_guide_in_a_browser.py": 31,
    "tests/pages/admin/page/test_editing_in_a_browser.py": 25,
    "tests/contact/rehearsal/test_nightly.py": 40,
    "tests/contact/admin/case/test_browser_staff.py": 18,
    "tests/contact/sender/views/test_browser_inquiry.py": 13,
    "tests/contact/sender/views/test_browser_return_code.py": 13,
    "tests/mestring/test_behind_nginx.py": 13,
    "tests/mestring/backup/test_backup.py": 12,
    "tests/pages/admin/page/test_unsaved_in_a_browser.py": 12,
    "tests/pages/admin/test_first_page_in_a_browser.py": 12,
    "tests/contact/admin/keys/test_browser_keys.py": 10,
    "tests/pages/admin/quality/test_quality_in_a_browser.py": 9,
    "tests/journeys/test_a_visit.py": 9,
    "tests/pages/admin/previews/test_preview_in_a_browser.py": 8,
    "tests/pages/admin/editions/test_history_in_a_browser.py": 7,
    "tests/pages/admin/translations/test_translations_in_a_browser.py": 7,
    "tests/pages/admin/page/test_block_forms_in_a_browser.py": 7,
    "tests/contact/notifications/test_outbox.py": 5,
    "tests/contact/sender/test_killed_worker.py": 5,
    "tests/pages/admin/pictures/test_pictures_in_a_browser.py": 5,
    "tests/pages/admin/tree/test_tree_in_a_browser.py": 5,
    "tests/contact/sender/test_duplicate_race.py": 4,
    "tests/pages/admin/links/test_links_in_a_browser.py": 3,
}
# No deadline: how long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "suite",
    max_examples=proofs.examples(30, times=34),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_ignore_collect(collection_path):
    """Do not even load the tests that PostgreSQL is not asked about (tests/postgresql_leg.py)."""
    is_test = collection_path.match("test_*.py")
    return True if is_test and not in_this_leg(collection_path) else None  # None leaves it to the other plugins


def in_this_leg(path: Path) -> bool:
    everything = not ON_POSTGRESQL or "postgresql" in proofs.WANTED
    return everything or postgresql_leg.runs_there(path.relative_to(ROOT).as_posix())


def pytest_collection_finish():
    """What is loaded by now stays for the whole run: the garbage collector need not look through it again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    """Leave out the long proofs that no one asked for, and on PostgreSQL what runs on SQLite alone.

    Tests without a database come first, while the site is built. Then those with a running site, the longest
    before the others: what is short fills the time at the end.
    """
    left_out = [item for item in items if not runs(item)]
    config.hook.pytest_deselected(items=left_out)
    kept = set(items) - set(left_out)
    items[:] = sorted((item for item in items if item in kept), key=turn)


def turn(item) -> tuple[bool, int]:
    """Return what an item is sorted by."""
    needs_a_site = place_of(item) in SECONDS or item.get_closest_marker("browser") is not None
    return needs_a_site or asks_a_database(item), -SECONDS.get(place_of(item), 0)


def runs(item) -> bool:
    """Say whether a loaded test runs: of the long proofs what PROOFS names, on PostgreSQL what asks it."""
    if any(mark.args[0] not in proofs.WANTED for mark in item.iter_markers("proof")):
        return False
    if not ON_POSTGRESQL:
        return True
    is_plain = item.get_closest_marker("plain") is not None and "postgresql" not in proofs.WANTED
    return asks_a_database(item) and not is_plain


def place_of(item) -> str:
    return item.path.relative_to(ROOT).as_posix()


def asks_a_database(item) -> bool:
    """Say whether a test asks its own database or a running site's."""
    fixtures = {"db", "transactional_db", "built_site"} & set(item.fixturenames)
    is_case = isinstance(item.cls, type) and issubclass(item.cls, TransactionTestCase)
    return bool(fixtures) or is_case or item.get_closest_marker("django_db") is not None


def pytest_sessionfinish(session):
    """The workers have ended by now."""
    if ON_POSTGRESQL and "PYTEST_XDIST_WORKER" not in os.environ:
        site_database.drop_all()


FOLDERS = itertools.count()


@pytest.fixture
def tmp_path(tmp_path_factory):
    """A folder of the test's own. Pytest's own fixture looks through all earlier ones to find a name."""
    folder = tmp_path_factory.getbasetemp() / f"test-{next(FOLDERS)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Let the database of a worker's tests begin as a copy of the one that this run has migrated for its sites.

    Django would migrate what it lacks. Where no site is built yet, it migrates an empty one.
    """
    folder = built_folder(tmp_path_factory)
    if not (folder / "ready").exists():
        yield
        return
    with site_database.as_test_database(folder / "empty"):
        yield


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path):
    """Keys, papers, pictures and mail files of a test lie in its own folder."""
    settings.DATA_DIR = tmp_path
    settings.KEY_DIR = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LIST = str(tmp_path / "erased-inquiries.txt")
    settings.SITE_ADDRESS = "http://testserver"


@pytest.fixture(autouse=True)
def sweepable_access_log(request):
    """After a test with real commits all tables are emptied, which the access log's triggers refuse.

    They are put aside for that; emptying ends with `post_migrate`, which puts them in place again.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        triggers.remove_triggers(connection)


@pytest.fixture
def undrawn_refusals(monkeypatch):
    """Answer a refusal of the site with its status alone, which is what a test of a hundred addresses looks at.

    To draw its page takes two thirds of the time.
    """
    monkeypatch.setattr("mestring.views.render", lambda *_arguments, status: HttpResponse(status=status))


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The cast's passwords need not withstand an attack; Argon2 would take most of the tests' time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def environment_of(data_dir: Path) -> dict[str, str]:
    """The environment of a site with a folder, and a database, of its own."""
    own = {"DATA_DIR": str(data_dir), "DATABASE_URL": site_database.url_of(data_dir)}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "mestring.settings"}


# A worker that is being forked does not hear that it shall stop; gunicorn ends it after this time, not after 30 s.
PATIENCE = ("--graceful-timeout", "5")


@dataclass
class RunningSite:
    """A real site: gunicorn on a folder of its own."""

    data_dir: Path
    options: dict[str, str] = field(default_factory=dict)  # of the environment, beside the usual
    port: int = 0  # the first start chooses one
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return environment_of(self.data_dir) | {"SITE_ADDRESS": self.url} | self.options

    def manage(self, *arguments: str, **kwargs) -> str:
        """Run a management command against this site and return what it printed."""
        return run(["manage.py", *arguments], self.environment, **kwargs)

    def start(self) -> None:
        """Give gunicorn a socket that listens already: a port that is free now may be another's when it asks."""
        command = [sys.executable, "-m", "gunicorn", "mestring.wsgi", "--workers", "2", "--threads", "4"]
        log = (self.data_dir / "gunicorn.log").open("ab")
        with socket.create_server(("127.0.0.1", self.port)) as ear:
            self.port = ear.getsockname()[1]
            self.process = subprocess.Popen(
                [*command, "--bind", f"fd://{ear.fileno()}", "--preload", "--no-control-socket", *PATIENCE],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, pass_fds=[ear.fileno()],
            )  # fmt: skip
        wait_for(f"{self.url}/healthz")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)


def run(arguments: list[str], environment: dict[str, str], **kwargs) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, **kwargs
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wait_for(url: str, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} did not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def built_folder(tmp_path_factory) -> Path:
    """Where all workers of this run, and of no other, find the built site."""
    shared = tmp_path_factory.getbasetemp()
    return (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "built-site"


@pytest.fixture(scope="session", autouse=True)
def building_site(request, tmp_path_factory):
    """Build the site that tests start from while those run that need no database."""
    if any("built_site" in item.fixturenames for item in request.session.items):
        folder = built_folder(tmp_path_factory)
        threading.Thread(target=build_once, args=(folder,), daemon=True).start()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """A folder with static files, keys and databases to start from (tests/building.py); copied, never used.

    Built once for all workers of a run: the first to take the lock builds, the others wait.
    """
    folder = built_folder(tmp_path_factory)
    build_once(folder)
    return folder


def build_once(folder: Path) -> None:
    """Build it, or wait until another thread or worker has."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            folder.mkdir(exist_ok=True)
            site_database.make(folder)
            run(["-m", "tests.building"], environment_of(folder))
            (folder / "ready").touch()


@contextmanager
def running(built_site: Path, folder: Path, database: str, **options: str):
    """Run a site in its own folder, from one of the databases in tests/building.py."""
    building.copy(built_site, folder, database)
    site = RunningSite(folder, options)
    site.start()
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="module")
def site_server(built_site, tmp_path_factory):
    """A running site of its own for each test file, with the starter pages and the cast."""
    with running(built_site, tmp_path_factory.mktemp("site"), "starter") as site:
        yield site


@pytest.fixture(scope="session")
def every_kind_site(built_site, tmp_path_factory):
    """One running site per worker, with every kind of page, which no test changes.

    Inquiries may be sent to it; a test counts those alone that come while it runs.
    """
    with running(built_site, tmp_path_factory.mktemp("every-kind"), "every_kind") as site:
        yield site


@pytest.fixture(scope="session")
def failing_site(built_site, tmp_path_factory):
    """A running site whose database gives neither pages nor room for an inquiry."""
    folder = tmp_path_factory.mktemp("failing")
    with running(built_site, folder, "keyed") as site:
        for table in ("pages_edition", "contact_delivery"):
            site_database.ask(folder, f"DROP TABLE {table} CASCADE" if ON_POSTGRESQL else f"DROP TABLE {table}")
        yield site


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The machine's own Chromium. Without one, browser tests are skipped with a message; in CI they fail.

    The shell without a desktop's parts comes first: the same engine, and a third less time for the suite.
    """
    found = (shutil.which(name) for name in ("chromium-headless-shell", "chromium", "google-chrome"))
    path = os.environ.get("CHROMIUM") or next(filter(None, found), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium found; CI must install one")
        pytest.skip("NO CHROMIUM FOUND: browser tests did not run (install chromium, or set CHROMIUM=path)")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_program):
    """One browser for all tests of a worker; each opens windows of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium):
    """A fresh browser window of a first-time visitor, watched for what must never happen."""
    with visiting(chromium) as page:
        yield page


@contextmanager
def visiting(chromium):
    """Open a window for a visitor; `faults`, `hosts` and `status` tell what happened in it."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="nb-NO", reduced_motion="reduce")
    page = context.new_page()
    page.faults, page.hosts, page.status = [], set(), None

    def heard(message):
        refused = "Failed to load resource" in message.text and message.location["url"] == page.url
        if message.type in ("error", "warning") and not refused:  # an error page is no fault of the window
            page.faults.append(message.text)

    def answered(response):
        if response.request.is_navigation_request():
            page.status = response.status

    page.on("console", heard)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda r: page.hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None)
    page.on("response", answered)
    note_unfollowed(page)
    yield page
    context.close()
    assert page.unfollowed == [], "use `follow` (tests/following.py)"


# A colour on its way to another, because the test has just changed the scheme, is no fault.
ARRIVE = "document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish())"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_COLOURS = ["cat.color"]
# One look at the colours, which takes half of axe's time, at the strictest level, in the place of two.
AXE_STRICT = """axe.configure({checks: [{id: "color-contrast", options: {
    ...axe._audit.checks["color-contrast-enhanced"].options,
    contrastRatio: {normal: {expected: 7}, large: {expected: 4.5}},
}}]})"""
# The second would fetch every stylesheet anew on each page; tests/mestring/web/test_stylesheet.py reads them once.
AXE_SPARED = ("color-contrast-enhanced", "css-orientation-lock")


@pytest.fixture(scope="session")
def axe_faults():
    """Return a function that lists what axe-core finds wrong on the page now open, or in a part of it."""
    import axe_playwright_python

    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

    def faults(page, rules=AXE_RULES, without=(), part=None) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
            page.evaluate(AXE_STRICT)
        page.evaluate(ARRIVE)
        options = {
            "runOnly": rules,
            "rules": {rule: {"enabled": False} for rule in (*AXE_SPARED, *without)},
            "preload": False,
            # It need not list the elements that pass, which is most of its work.
            "resultTypes": ["violations"],
        }
        asked = "([part, options]) => axe.run(part || document, options).then(result => result.violations)"
        found = page.evaluate(asked, [part, options])
        return [f"{v['id']}: {v['nodes'][0]['target']} {v['help']}" for v in found]

    return faults
