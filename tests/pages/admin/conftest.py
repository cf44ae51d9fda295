"""A member of staff at a real browser, watched for what must never happen."""

import itertools
import json

import pytest

from tests import proofs, site_database
from tests.conftest import running
from tests.following import note_unfollowed

LOOKS = ((360, "dark"), (1280, "light"))

WATCH = """document.addEventListener('securitypolicyviolation',
    e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"""


def watched(context):
    """Open a window that notes errors, refused content, failed answers and requests to other hosts."""
    return watch(context.new_page())


def watch(window):
    window.faults = []
    window.add_init_script(WATCH)
    window.on("console", lambda m: window.faults.append(m.text) if m.type in ("error", "warning") else None)
    window.on("pageerror", lambda error: window.faults.append(str(error)))
    window.on("response", lambda r: window.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    window.on("request", lambda r: window.faults.append(f"foreign: {r.url}") if is_foreign(r.url) else None)
    note_unfollowed(window)
    return window


def is_foreign(url):
    return url.startswith("http") and not url.startswith(("http://127.0.0.1:", "http://localhost:"))


@pytest.fixture(scope="session")
def staff_site(built_site, tmp_path_factory):
    """One running site per worker for the tests of the page screens."""
    with running(built_site, tmp_path_factory.mktemp("staff"), "starter") as site:
        yield site


@pytest.fixture(scope="module")
def site_server(built_site, staff_site):
    """The worker's site, with the starter pages and the cast as they were built."""
    site_database.put_back(staff_site.data_dir, like=built_site / "starter")
    return staff_site


@pytest.fixture(scope="module")
def logged_in(chromium, site_server, built_site):
    """Return a function that gives the browser of one of the cast, who is logged in (tests/building.py)."""
    sessions = json.loads((built_site / "sessions.json").read_text())
    contexts = {}

    def context_of(name, scripts):
        if (name, scripts) not in contexts:
            context = contexts[name, scripts] = chromium.new_context(
                java_script_enabled=scripts, locale="nb-NO", reduced_motion="reduce",
                permissions=["clipboard-read", "clipboard-write"],
            )  # fmt: skip
            context.add_cookies(
                [sessions[name] | {"url": "https://127.0.0.1/", "httpOnly": True, "sameSite": "Lax"}]
            )
        return contexts[name, scripts]

    yield context_of
    for context in contexts.values():
        context.close()


@pytest.fixture
def staff_window(logged_in):
    """Return a function that opens a window of one of the cast, logged in: `staff_window("astrid", width=360)`."""
    windows = []

    def new_window(name="astrid", *, width=1280, scheme="light", scripts=True):
        window = watched(logged_in(name, scripts))
        windows.append(window)
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(color_scheme=scheme)
        return window

    yield new_window
    for window in windows:
        window.close()
    assert [url for window in windows for url in window.unfollowed] == [], "use `follow` (tests/following.py)"


@pytest.fixture
def judged(axe_faults):
    """Return a function that lists what is wrong with a page: the window's faults, its width, what axe finds.

    A test sees its pages in one look each, in turn narrow in the dark and wide in the light; with the proof
    `looks` it sees each in both. `part` is what axe has to read, where a test before has had it read the rest.
    """
    turns = itertools.cycle(LOOKS)

    def faults(window, part=None):
        found, width = list(window.faults), window.viewport_size["width"]
        for look in LOOKS if "looks" in proofs.WANTED else [next(turns)]:
            window.set_viewport_size({"width": look[0], "height": 900})
            window.emulate_media(color_scheme=look[1])
            if (wide := window.evaluate("document.documentElement.scrollWidth")) > look[0]:
                found.append(f"{look}: {wide} px wide")
            found += [f"{look}: {fault}" for fault in axe_faults(window, part=part)]
        window.set_viewport_size({"width": width, "height": 900})
        window.faults.clear()  # axe tries inline styles itself, which the policy refuses
        return found

    return faults
