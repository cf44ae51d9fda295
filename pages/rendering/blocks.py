"""One stored block in one language, and neighbours of a list-like type as one block."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe

from pages.live.internal_links import resolve, resolve_all
from pages.live.phone import public_helpline
from pages.models import BLOCKS, ResourceLinkBlock
from pages.models.blocks.table import cells
from pages.rendering.advice import sentence_of
from pages.rendering.figure import finish_figure
from pages.rendering.moment import Moment
from pages.richtext.reader import retag

RICH = {
    ("text", "body"), ("care_card", "body"), ("callout", "body"), ("step", "body"), ("faq", "answer"),
    ("myth_fact", "fact"), ("term", "explanation"),
}  # fmt: skip
# Their own title is the heading, so a large heading inside the text becomes a smaller one.
TITLED = {"callout", "care_card", "step", "faq", "myth_fact", "term"}
# Shown without words of their own: facts that are stored once, and a figure that is only decoration.
WORDLESS = {"claim", "event", "helplines", "figure"}
NEEDED = {model.snapshot_name: model.needs for model in BLOCKS if model.needs}
GROUPED = {"do_dont", "step", "factor", "faq", "resource_link", "term", "claim"}


def block_in_language(stored: dict[str, Any], moment: Moment) -> dict[str, Any] | None:
    """Return a block as its template reads it; None when it has nothing to show in this language."""
    block: dict[str, Any] = {"type": stored["type"], "template": f"pages/blocks/{stored['type']}.html"}
    says_something = stored["type"] in WORDLESS
    for name, value in stored.items():
        if isinstance(value, dict):
            block[name] = value.get(moment.language, "")
            says_something |= bool(block[name])
            if (stored["type"], name) in RICH:
                block[name] = _resolved_rich_text(block, name, moment)
        else:
            block[name] = value
    if not says_something or not all(block.get(name) for name in NEEDED.get(block["type"], ())):
        return None
    finish = FINISHERS.get(block["type"])
    return block if finish is None or finish(block, moment) else None


def group_neighbours(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks with neighbours of a list-like type gathered as `items` of one."""
    result: list[dict[str, Any]] = []
    for kind, neighbours in groupby(blocks, key=lambda block: block["type"]):
        items = list(neighbours)
        if kind in GROUPED:
            result.append({"type": kind, "template": items[0]["template"], "items": items})
        else:
            result += items
    return result


def _resolved_rich_text(block: dict[str, Any], name: str, moment: Moment) -> str:
    html = resolve_all(block[name], moment.tree, moment.language)
    if block["type"] in TITLED:
        html = retag(html, ("h2",), "<h3>", "</h3>")
    return mark_safe(html)  # noqa: S308 (cleaned by pages.richtext.allowed_markup when it was stored)


def _door(block: dict[str, Any], moment: Moment) -> bool:
    block["url"] = resolve(block["link"], moment.tree, moment.language)
    return block["url"] is not None


def _table(block: dict[str, Any], moment: Moment) -> bool:
    block["headings"], *block["lines"] = cells(block["rows"])
    return True


def _resource_link(block: dict[str, Any], moment: Moment) -> bool:
    kinds = ResourceLinkBlock.Language
    foreign = block["language"] != moment.language
    # The title is in the page's language; only what it leads to is in another.
    block["hreflang"] = block["language"] if foreign and block["language"] != kinds.OTHER else ""
    block["in_words"] = kinds(block["language"]).label if foreign else ""
    block["checked_on"] = date.fromisoformat(block["checked_on"]) if block["checked_on"] else None
    return block["url"].startswith("https://")


def _claim(block: dict[str, Any], moment: Moment) -> bool:
    claim = moment.facts.claims.get(block["claim"])
    if claim is None or not claim[f"text_{moment.language}"]:
        return False
    until = claim["valid_until"]
    block |= {
        "text": claim[f"text_{moment.language}"], "source": claim["source"],
        "source_url": claim["source_url"] if claim["source_url"].startswith("https://") else "",
        "valid_until": date.fromisoformat(until) if until else None,
    }  # fmt: skip
    return True


def _event(block: dict[str, Any], moment: Moment) -> bool:
    event = moment.facts.events.get(block["event"])
    if event is None or not event[f"title_{moment.language}"]:
        return False
    block |= {name: event[f"{name}_{moment.language}"] for name in ("title", "text", "place")}
    block["dates"] = event["dates"]
    return True


def _helplines(block: dict[str, Any], moment: Moment) -> bool:
    rows = [row for row in moment.facts.helplines if row["audience"] == block["audience"]]
    block["lines"] = [public_helpline(row, moment.language) for row in rows]
    return bool(rows)


def _advice(block: dict[str, Any], moment: Moment) -> bool:
    block["sentence"] = sentence_of(block, block["text"])
    return True


# Each returns False for a block that visitors must not see: it leads nowhere, or its fact is not true now.
FINISHERS: dict[str, Callable[[dict[str, Any], Moment], bool]] = {
    "door": _door, "table": _table, "resource_link": _resource_link, "claim": _claim, "event": _event,
    "helplines": _helplines, "do_dont": _advice, "figure": finish_figure,
}  # fmt: skip
