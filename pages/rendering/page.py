"""An edition in one language, ready for a template."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.utils.text import Truncator

from pages.models import Edition
from pages.models.care_level import CareLevel
from pages.rendering.anchors import Anchors
from pages.rendering.blocks import block_in_language, group_neighbours
from pages.rendering.headings import Heading, number_headings
from pages.rendering.moment import Moment
from pages.rendering.plain_text import NEVER_QUOTED, body_text
from pages.richtext.reader import text_of


@dataclass
class RenderedPage:
    """What the page templates read. Each of `blocks` has a `template` and the texts of one language."""

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
    ends_at: datetime | None = None  # when it is taken down by itself
    other_words: str = ""  # of a page that nothing else sums up: only questions, say

    @property
    def summary(self) -> str:
        """Return the text for search results and shared links: description, introduction, or the first words."""
        text = next((text_of(block["body"]) for block in self.blocks if block["type"] == "text"), self.other_words)
        return Truncator(" ".join((self.description or self.lead or text).split())).chars(160)

    @property
    def emergency_cards(self) -> list[dict[str, Any]]:
        """Return the cards with 113 that the page begins with: they stand before its list of contents."""
        return list(takewhile(lambda block: block.get("level") == CareLevel.EMERGENCY, self.blocks))

    @property
    def after_emergency_cards(self) -> list[dict[str, Any]]:
        """Return the blocks that follow the list of contents."""
        return self.blocks[len(self.emergency_cards) :]

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


def render_edition(edition: Edition, moment: Moment) -> RenderedPage:
    """Return the edition's texts in one language, internal links resolved, headings given ids.

    A block without content in this language is left out; neighbours of a list-like type become one.
    """
    head, language = edition.head, moment.language
    page = RenderedPage(
        kind=head["kind"], title=head["title"].get(language, ""), lead=head["lead"].get(language, ""),
        description=head["description"].get(language, ""),
        # What visitors see changed when the edition went live; a draft has only been saved.
        reviewed_by=head.get("reviewed_by", ""), reviewed_on=_parse_day(head.get("reviewed_on")),
        next_review_on=_parse_day(head.get("next_review_on")),
        ends_at=edition.live_until,
        changed_at=(edition.shown_since or edition.saved_at).replace(microsecond=0),
    )  # fmt: skip
    blocks = [block for stored in edition.body if (block := block_in_language(stored, moment))]
    anchors = Anchors()
    for number, block in enumerate(group_neighbours(blocks)):
        number_headings(block, page.headings, anchors)
        if block["type"] == "term":
            for term in block["items"]:
                term["anchor"] = anchors.make(term["term"], "ord")
        block["under_heading"] = bool(page.headings)
        block["heading"] = "h3" if page.headings else "h2"
        block["id"] = f"block:{number}"  # no heading's id has a colon
        page.blocks.append(block)
    if not page.description and not page.lead:
        page.other_words = body_text(edition.body, language, leave_out=NEVER_QUOTED)
    return page


def _parse_day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
