"""The headings of a page: each large one gets an id of its own, and a row of the contents list."""

from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from django.utils.safestring import SafeString

from pages.richtext.reader import Element, rewrite
from pages.richtext.slugs import slug_from


@dataclass
class Heading:
    """A row of the contents list."""

    id: str
    text: str


def number_headings(block: dict[str, Any], headings: list[Heading]) -> None:
    """Give each large heading of a text block an id of its own on the page, and add it to the list."""
    if block["type"] != "text":
        return
    taken = {heading.id for heading in headings}

    def with_id(heading: Element) -> str:
        text = heading.text.replace("\n", " ")
        base = slug_from(text) or "del"
        copies = (f"{base}-{number}" for number in count(2))
        anchor = next(anchor for anchor in chain([base], copies) if anchor not in taken)
        taken.add(anchor)
        headings.append(Heading(anchor, text))
        return f'<h2 id="{anchor}">{heading.inner}</h2>'

    block["body"] = SafeString(rewrite(block["body"], ("h2",), with_id))
