"""A person who goes through pages: with the keyboard alone, or with a finger and without JavaScript."""

import re

from playwright.sync_api import Locator, Page

from tests.proofs import WANTED

TABS = 150  # more than any page has stops
# A page that was opened at one of its parts begins there.
AT_THE_TOP = "one => document.activeElement === document.body && !location.hash && !!one.closest('main')"


class Walker:
    """Goes to things by their names, as they are read aloud, and looks at each page that comes."""

    def __init__(self, page: Page, *, keyboard: bool, axe_faults=None) -> None:
        self.page, self.keyboard, self.axe_faults = page, keyboard, axe_faults
        self.faults: list[str] = []
        self.judged: set[str] = set()

    def look(self, title: str, state: str = "") -> None:
        """Check the page that has come: it is the one we meant, it fits the window, and axe finds no fault.

        axe, which takes most of the time, looks once at each page, and in the long proof also in each named state.
        """
        assert self.page.title() == title
        width = self.page.viewport_size["width"]
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            self.faults.append(f"{title}: {wide} px wide")
        is_wanted = not state or "looks" in WANTED
        if self.axe_faults and is_wanted and title + state not in self.judged:
            self.judged.add(title + state)
            self.faults += [f"{title}: {fault}" for fault in self.axe_faults(self.page)]

    def named(self, name: str) -> Locator:
        """Return the first button or link that begins with these words."""
        words = re.compile("^" + re.escape(name))
        return self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).first

    def go_to(self, wanted: Locator) -> None:
        """Press Tab until it has the focus, past what stands on every page, as every user of a keyboard must."""
        if wanted.evaluate(AT_THE_TOP):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate("document.activeElement.matches('[class*=skip]')")
            self.page.keyboard.press("Enter")
        element = wanted.element_handle()  # found once: to look for a name is to read the whole page aloud
        for _tab in range(TABS):
            if element.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key does not lead to {wanted}")

    def press(self, wanted: str | Locator) -> None:
        """Press a button or a link, and wait for the page it leads to."""
        if isinstance(wanted, str):
            wanted = self.named(wanted)
        if self.keyboard:
            self.go_to(wanted)
        with self.page.expect_navigation():
            if self.keyboard:
                self.page.keyboard.press("Enter")
            else:
                wanted.click()

    def write(self, field: str, words: str) -> None:
        """Write in the field of this name, in place of what stands there."""
        wanted = self.page.locator(f"[name={field}]:visible").first
        if not self.keyboard:
            wanted.fill(words)
            return
        self.go_to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, field: str, label: str) -> None:
        """Choose in a list; with the keyboard by typing how the choice begins."""
        wanted = self.page.locator(f"select[name={field}]")
        if self.keyboard:
            self.go_to(wanted)
            self.page.keyboard.type(label)
        else:
            wanted.select_option(label=label)
        assert wanted.evaluate("one => one.selectedOptions[0].text") == label

    def tick(self, field: str, key: str = "Space") -> None:
        """Tick a box or choose the first of some buttons; another key moves on from there."""
        wanted = self.page.locator(f"[name={field}]").first
        if self.keyboard:
            self.go_to(wanted)
            self.page.keyboard.press(key)
        elif key == "ArrowUp":  # round to the last
            self.page.locator(f"[name={field}]").last.check()
        else:
            wanted.check()

    def unfold(self, words: str) -> None:
        """Open what is folded away under these words."""
        wanted = self.page.locator("summary", has_text=words)
        if self.keyboard:
            self.go_to(wanted)
            self.page.keyboard.press("Enter")
        else:
            wanted.click()
