"""One person of the first day at a browser of their own, who counts what the day asks of them."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator

from tests.contact.walking import Walker
from tests.pages.admin.conftest import WATCH

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PATIENCE = 60_000  # milliseconds; a machine may be busy
PICTURES = os.environ.get("FIRST_DAY_PICTURES")  # a folder: a picture of each page in four looks
LOOKS = ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark"))


class Person(Walker):
    """A walker with a passkey. Without scripts, they are on for the passkey alone, and while axe reads a page."""

    def __init__(
        self, browser: Browser, name: str, *, width: int, scheme="light", keyboard=False, scripts=True, axe=None
    ):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="nb-NO", color_scheme=scheme, reduced_motion="reduce",
            ignore_https_errors=True,
        )  # fmt: skip
        super().__init__(context.new_page(), keyboard=keyboard, axe_faults=axe and self._faults_by(axe))
        self.name, self.width, self.scheme, self.scripts = name, width, scheme, scripts
        self.presses = self.fields = self.pages = 0
        self.sections: set[str] = set()
        self.seconds = 0.0
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(WATCH)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", lambda r: self.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        self.devtools = context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.run_scripts(scripts)

    def _faults_by(self, axe):
        """Return axe, for which scripts run: those of a page that was loaded without them stay as they are."""

        def faults(page):
            before = self.scripts_run
            self.run_scripts(True)
            found = axe(page)
            self.run_scripts(before)
            return found

        return faults

    def run_scripts(self, on: bool) -> None:
        self.scripts_run = on
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, address: str) -> None:
        """Follow a link of a mail, or type an address."""
        began = time.monotonic()
        self.page.goto(address)
        self.seconds += time.monotonic() - began
        self._arrived()

    def press(self, wanted: str | Locator) -> None:
        began = time.monotonic()
        super().press(wanted)
        self.seconds += time.monotonic() - began
        self.presses += 1
        self._arrived()

    def write(self, field: str, words: str) -> None:
        self.fields += 1
        if self.page.locator(f"[name={field}]").first.get_attribute("type") == "date":
            self.page.locator(f"[name={field}]").fill(words)  # how a date is typed differs between machines
        else:
            super().write(field, words)

    def tick_box(self, box: Locator) -> None:
        """Tick a box that is found by the words beside it."""
        self.presses += 1
        if self.keyboard:
            self.go_to(box)
            self.page.keyboard.press("Space")
        else:
            box.check()

    def tick(self, field: str, key: str = "Space") -> None:
        self.presses += 1
        super().tick(field, key)

    def text(self) -> str:
        return self.page.inner_text("main")

    def said(self) -> str:
        return self.page.inner_text(".messagelist")

    def _arrived(self) -> None:
        self.pages += 1
        title = self.page.title()
        section = " | ".join(title.split(" | ")[-2:])  # axe reads one form of each section, not that of every page
        self.look(title, "one more" if section in self.sections else "")
        self.sections.add(section)
        if PICTURES:
            for width, scheme in LOOKS:
                self.page.set_viewport_size({"width": width, "height": 800})
                self.page.emulate_media(color_scheme=scheme)
                self.page.wait_for_timeout(300)  # colours are on their way
                name = re.sub(r"\W+", "-", f"{self.name} {self.pages:02} {title[:30]} {width} {scheme}")
                self.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
            self.page.set_viewport_size({"width": self.width, "height": 800})
            self.page.emulate_media(color_scheme=self.scheme)


def table_of(people: list[Person]) -> str:
    """Return what the day asked of each, for people to read."""
    lines = ["", "who      presses  fields  pages  seconds of waiting"]
    lines += [f"{one.name:8} {one.presses:7} {one.fields:7} {one.pages:6} {one.seconds:10.1f}" for one in people]
    return "\n".join(lines)
