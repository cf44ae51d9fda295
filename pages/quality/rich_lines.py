"""Rich text as the rules read it: its lines, which of them are headings, and the words of its links."""

from html.parser import HTMLParser
from typing import Any

from pages.rendering.plain_text import plain
from pages.richtext.field import clean

LINES = {"h2", "h3", "p", "li", "ul", "ol", "br"}


def cut(html: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return the lines, each with its level (0: no heading), and the links' words.

    Read as it would be stored, so that what the cleaner takes away is never judged. An empty line is left
    out; a heading or a link that says nothing is not.
    """
    lines = _Lines()
    lines.feed(clean(html))
    lines.close()
    lines.end_line()
    return lines.lines, lines.links


class _Lines(HTMLParser):
    """Relies on pages.richtext.field: few elements, and no link or heading inside another."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.level, self.text = 0, ""
        self.link: str | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in LINES:
            self.end_line()
        if tag in ("h2", "h3"):
            self.level = int(tag[1])
        elif tag == "a":
            self.link = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.links.append(_one_line(self.link or ""))
            self.link = None
        elif tag in ("h2", "h3"):
            self.lines.append((self.level, _one_line(self.text)))
            self.level, self.text = 0, ""
        elif tag in LINES:
            self.end_line()

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.link is not None:
            self.link += data

    def end_line(self) -> None:
        if self.level:  # a line break inside a heading does not end it
            self.text += " "
            return
        self.lines += [(0, line) for line in plain(self.text).splitlines()]
        self.text = ""


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
