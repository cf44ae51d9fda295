"""The headings of a page: each large one gets an id of its own, and a row of the contents list."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from pages.rendering.anchors import Anchors
from pages.richtext.reader import Element, rewrite


@dataclass
class Heading:
    """A row of the contents list."""

    id: str
    text: str


def number_headings(block: dict[str, Any], headings: list[Heading], anchors: Anchors) -> None:
    """Give each large heading of a text block an id of its own on the page, and add it to the list."""
    if block["type"] != "text":
        return

    def with_id(heading: Element) -> str:
        text = heading.text.replace("\n", " ")
        anchor = anchors.make(text, "del")
        headings.append(Heading(anchor, text))
        return f'<h2 id="{anchor}">{heading.inner}</h2>'

    block["body"] = SafeString(rewrite(block["body"], ("h2",), with_id))
