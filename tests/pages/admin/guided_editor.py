"""An editor who knows nothing but the guide: acts only through labels that docs/editors.md has in bold."""

import io
import os
import re

from PIL import Image

from mestring.staff.guide import DENSITY, DOCS, PICTURES
from tests.pages.admin.conftest import watched

TAKE_PICTURES = bool(os.environ.get("GUIDE_PICTURES"))
MARGIN = 8
# Where a control leads: to a new tab, to another page, or nowhere.
LEADS = """e => (e.formTarget || e.target) === '_blank' ? 'tab'
    : e.matches('a[href], input[type=submit], button[type=submit]') ? 'page' : ''"""


def labels_of_the_guide():
    """Return every label that the guide quotes."""
    text = (DOCS / "editors.md").read_text(encoding="utf-8")
    return {" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}


class NotInTheGuide(AssertionError):
    """The guide does not say that this can be pressed or filled in."""


class GuidedEditor:
    """An editor at a browser with the guide beside it."""

    def __init__(self, chromium, address):
        self.context = chromium.new_context(
            locale="nb-NO", reduced_motion="reduce", color_scheme="light",
            viewport={"width": 1280, "height": 900}, device_scale_factor=DENSITY if TAKE_PICTURES else 1,
        )  # fmt: skip
        self.labels, self.pressed = labels_of_the_guide(), ""
        self.window = self.first_tab = watched(self.context)
        self.window.goto(address)

    def begin(self, address):
        """Go to an address in the first tab, wherever the last task ended."""
        if self.window is not self.first_tab:
            self.close_tab()
        self.window.faults.clear()
        self.window.goto(address)

    # --- the only ways to act ----------------------------------------------------------------------
    def press(self, label, beside=None):
        """Press what has this label, in the row or part of the page that has `beside` in it."""
        place = self.window.locator("li, section, tr").filter(has_text=beside).last if beside else self.window
        control, _place = self._named(label, lambda name: pressable(place, name))
        self.pressed = label
        self._follow(control)

    def fill(self, label, text):
        """Write in the field with this label, or choose a file for it."""
        field, _place = self._named(label, self.window.get_by_label)
        if field.get_attribute("type") == "file":
            field.set_input_files(text)
        else:
            field.fill(text)

    def choose(self, label, option):
        """Choose among what stands under this label: a radio button, a line of a menu, or a link of a list."""
        group, place = self._named(label, lambda name: self._holders(name, the_list=label == self.pressed))
        if group.evaluate("e => e.matches('select')"):
            group.select_option(label=option)
            return
        choice, _place = found_by(option, lambda name: pressable(place, name))
        self._follow(choice)

    def close_tab(self):
        """Close the new tab and go on in the first."""
        self.window.close()
        self.window = self.first_tab

    def _follow(self, control):
        match control.evaluate(LEADS):
            case "tab":
                with self.window.expect_popup() as opened:
                    control.click()
                self.window = opened.value
                self.window.wait_for_load_state()
            case "page":
                with self.window.expect_navigation():
                    control.click()
            case _:
                control.click()

    def _holders(self, name, *, the_list):
        """Return what holds choices under this name: a group, a line of links, a menu, or the list it led to."""
        if the_list:
            return self.window.locator("#content")
        found = self.window.get_by_role("group", name=name).or_(self.window.get_by_role("navigation", name=name))
        found = found.or_(self.window.get_by_role("combobox", name=name))
        return found.or_(self.window.locator("p").filter(has_text=name))

    def _named(self, label, find):
        if label not in self.labels:
            raise NotInTheGuide(label)
        return found_by(label, find)

    # --- the pictures of the guide -----------------------------------------------------------------
    def photograph(self, name, *selectors, height=620):
        """Take the picture of the guide with this name, when asked to; always make sure that it can be taken."""
        self.window.locator(selectors[0]).first.scroll_into_view_if_needed()
        boxes = [self.window.locator(one).first.bounding_box() for one in selectors]
        assert all(box and box["width"] > 100 and box["height"] > 20 for box in boxes), (name, boxes)
        if TAKE_PICTURES:
            left, top = (min(box[side] for box in boxes) - MARGIN for side in "xy")
            right = max(box["x"] + box["width"] for box in boxes) + MARGIN
            bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
            self.window.evaluate("document.activeElement.blur()")
            clip = {"x": left, "y": top, "width": right - left, "height": min(bottom - top, height)}
            taken = Image.open(io.BytesIO(self.window.screenshot(clip=clip)))
            taken.convert("RGB").save(DOCS / PICTURES / f"{name}.webp", quality=80, method=6)


def pressable(place, name):
    """Return what can be pressed and has this name."""
    found = place.get_by_role("button", name=name)
    for role in ("link", "checkbox", "radio"):
        found = found.or_(place.get_by_role(role, name=name))
    return found.or_(place.locator("summary").filter(has_text=name))


def found_by(words, find):
    """Return the first that is seen and has just these words, or else begins with them, and its place in the page.

    The very element, looked for once: a place is looked up by every name of a form anew at each question.
    """
    for name in (rf"^\W*{re.escape(words)}\W*$", rf"^\W*{re.escape(words)}(?!\w)"):
        for number, element in enumerate(find(re.compile(name)).element_handles()):
            if element.is_visible():
                return element, find(re.compile(name)).nth(number)
    raise AssertionError(f"nothing that can be seen is called {words!r}")
