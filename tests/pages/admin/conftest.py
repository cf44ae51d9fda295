"""A member of staff at a real browser, watched for what must never happen."""

import pytest

from tests.conftest import PASSWORD

WATCH = """document.addEventListener('securitypolicyviolation',
    e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"""


def watched(context):
    """Return a window that notes errors, refused content, failed answers and requests to other hosts."""
    window = context.new_page()
    window.faults = []
    window.add_init_script(WATCH)
    window.on("console", lambda m: window.faults.append(m.text) if m.type in ("error", "warning") else None)
    window.on("pageerror", lambda error: window.faults.append(str(error)))
    window.on("response", lambda r: window.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    window.on("request", lambda r: window.faults.append(f"foreign: {r.url}") if is_foreign(r.url) else None)
    return window


def is_foreign(url):
    return url.startswith("http") and not url.startswith("http://127.0.0.1:")


@pytest.fixture(scope="module")
def logged_in(chromium, site_server):
    """Return a function that gives the browser of one of the cast: each logs in once per test file."""
    contexts = {}

    def context_of(name, scripts):
        if (name, scripts) not in contexts:
            context = contexts[name, scripts] = chromium.new_context(
                java_script_enabled=scripts, locale="nb-NO", reduced_motion="reduce",
                permissions=["clipboard-read", "clipboard-write"],
            )  # fmt: skip
            window = watched(context)
            window.goto(f"{site_server.url}/admin/")
            window.fill("#id_username", name)
            window.fill("#id_password", PASSWORD)
            window.keyboard.press("Enter")
            window.wait_for_url(f"{site_server.url}/admin/")
            assert window.faults == []
            window.close()
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
