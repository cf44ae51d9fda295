"""An edition in one language, ready for a template."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from pages.models import Edition
from pages.rendering.blocks import grouped, in_language
from pages.rendering.moment import Moment
from pages.richtext.slugs import slug_from

__all__ = ["Heading", "Moment", "Rendered", "render_edition"]
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass
class Heading:
    """A row of the contents list."""

    id: str
    text: str


@dataclass
class Rendered:
    """What the page templates read. `blocks` are dicts with a `template` and this language's texts."""

    kind: str
    title: str
    lead: str
    description: str
    changed_at: datetime
    reviewed_by: str = ""
    reviewed_on: date | None = None
    next_review_on: date | None = None
    blocks: list[dict[str, Any]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """Return what search results and shared links say; never empty while the page says anything."""
        text = next((strip_tags(block["body"]) for block in self.blocks if block["type"] == "text"), "")
        return Truncator(self.description or self.lead or " ".join(text.split())).chars(160)

    @property
    def sections(self) -> list[list[dict[str, Any]]]:
        """Return the blocks in sections: a list belongs to the text that stands right before it."""
        sections: list[list[dict[str, Any]]] = []
        for block in self.blocks:
            follows_text = bool(sections) and [b["type"] for b in sections[-1]] == ["text"]
            if "items" in block and follows_text:
                sections[-1].append(block)
            else:
                sections.append([block])
        return sections


def render_edition(edition: Edition, moment: Moment) -> Rendered:
    """Return the edition's texts in one language, internal links resolved, headings given ids.

    A block that says nothing in this language is left out; neighbours of a list-like type become one.
    """
    head, language = edition.head, moment.language
    page = Rendered(
        kind=head["kind"], title=head["title"].get(language, ""), lead=head["lead"].get(language, ""),
        description=head["description"].get(language, ""),
        # What visitors see changed when the edition went live; a draft has only been saved.
        reviewed_by=head.get("reviewed_by", ""), reviewed_on=_day(head.get("reviewed_on")),
        next_review_on=_day(head.get("next_review_on")),
        changed_at=(edition.shown_since or edition.saved_at).replace(microsecond=0),
    )  # fmt: skip
    shown = [block for stored in edition.body if (block := in_language(stored, moment))]
    for number, block in enumerate(grouped(shown)):
        _number_headings(block, page.headings)
        block["under_heading"] = bool(page.headings)
        block["heading"] = "h3" if page.headings else "h2"
        block["id"] = f"block:{number}"  # no heading's id has a colon
        page.blocks.append(block)
    return page


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _number_headings(block: dict[str, Any], headings: list[Heading]) -> None:
    if block["type"] != "text":
        return
    taken = {heading.id for heading in headings}

    def with_id(match: re.Match[str]) -> str:
        text = strip_tags(match[1])
        base = slug_from(text) or "del"
        copies = (f"{base}-{number}" for number in count(2))
        anchor = next(anchor for anchor in chain([base], copies) if anchor not in taken)
        taken.add(anchor)
        headings.append(Heading(anchor, text))
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    block["body"] = SafeString(_HEADING.sub(with_id, block["body"]))
