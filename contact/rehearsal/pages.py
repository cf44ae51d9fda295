"""Reading a page as its visitor does: the forms on it, and what a slip says."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

FILLED_BY_ITSELF = ("hidden", "text", "email", "tel")


@dataclass
class PageForm:
    """A form: where it is sent, what stands in it, and what its buttons named `step` say."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    steps: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.forms.append(PageForm(said.get("action", "")))
        elif not self.forms or not name:
            return
        elif tag == "button" and name == "step":
            self.forms[-1].steps.add(said.get("value", ""))
        elif tag == "textarea" or (tag == "input" and said.get("type", "text") in FILLED_BY_ITSELF):
            self.forms[-1].fields[name] = said.get("value", "")


def form_with(page: str, *, name: str = "", step: str = "") -> PageForm | None:
    """Return the page's form that has this field, or a button for this step."""
    reader = _Reader()
    reader.feed(page)
    found = (form for form in reader.forms if name in form.fields or step in form.steps)
    return next(found, None)


def words_in(page: str, css_class: str) -> str:
    """Return the words of the first element of this class, without what is marked up in it."""
    found = re.search(rf'<(\w+) class="{css_class}">(.*?)</\1>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[2])).split()) if found else ""
