"""Blocks whose words depend on when they are read: a claim expires, a gathering is renamed, a door leads nowhere.

Their text is made for each search from what a visit would show: what stands on a page is found, and nothing else.
"""

from functools import lru_cache
from typing import Any

from pages.live.phone import Phone
from pages.rendering.blocks import block_in_language
from pages.rendering.moment import Moment
from pages.rendering.plain_text import block_lines, normalize
from pages.search.stemming import stems

KINDS = frozenset({"claim", "contact_panel", "door", "event", "figure", "helplines"})
TEXTS_OF_FACTS = ("title", "text", "place", "source")
LiveBlock = tuple[dict[str, Any], str]  # as it is stored, and the words of its own in one language


def live_blocks(body: list[dict[str, Any]], language: str) -> list[LiveBlock]:
    """Return the blocks of an edition that a search looks at anew."""
    return [(block, "\n".join(block_lines(block, language))) for block in body if block["type"] in KINDS]


def live_texts(blocks: list[LiveBlock], moment: Moment) -> list[str]:
    """Return the words of those blocks that a visitor sees now, as they stand there."""
    shown = ((own, block_in_language(stored, moment)) for stored, own in blocks)
    texts = (f"{own}\n{facts_of(block, moment)}".strip() for own, block in shown if block)
    return [text for text in texts if text]


# A search asks for the same texts as the one before it.
live_stems = lru_cache(maxsize=2_000)(stems)


def facts_of(shown: dict[str, Any], moment: Moment) -> str:
    """Return the words that a block shows and does not hold."""
    match shown["type"]:
        case "helplines":
            words = [text for line in shown["lines"] for text in (line.name, line.phone.display, line.hours)]
        case "claim" | "event":
            words = [shown.get(name) or "" for name in TEXTS_OF_FACTS]
        case "contact_panel" if moment.facts.clinic:
            words = [Phone(moment.facts.clinic["phone"]).display]
        case _:
            return ""
    return normalize("\n".join(words))
