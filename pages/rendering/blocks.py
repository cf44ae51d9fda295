"""One stored block in one language, and neighbours of a list-like type as one block."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.safestring import mark_safe

from pages.links import resolve, resolve_all
from pages.models import ResourceLinkBlock
from pages.models.blocks.table import cells
from pages.navigation import LiveTree

RICH = {
    ("text", "body"), ("care_card", "body"), ("callout", "body"), ("step", "body"), ("faq", "answer"),
    ("myth_fact", "fact"),
}  # fmt: skip
# In these the block's own title is the heading, so a large heading inside the text becomes a smaller one.
TITLED = {"callout", "step", "faq", "myth_fact"}
# Without one of these texts the rest would mislead, or be a link or a table without a name.
NEEDED = {
    "callout": ("body",), "step": ("title",), "factor": ("title",), "faq": ("question", "answer"),
    "myth_fact": ("myth", "fact"), "table": ("caption", "rows"), "resource_link": ("title",),
}  # fmt: skip
GROUPED = {"do_dont", "step", "factor", "faq", "resource_link"}


def in_language(stored: dict[str, Any], tree: LiveTree, language: str) -> dict[str, Any] | None:
    """Return a block as its template reads it; None when it has nothing to say in this language."""
    block: dict[str, Any] = {"type": stored["type"], "template": f"pages/blocks/{stored['type']}.html"}
    says_something = False
    for name, value in stored.items():
        if isinstance(value, dict):
            block[name] = value.get(language, "")
            says_something |= bool(block[name])
            if (stored["type"], name) in RICH:
                block[name] = _rich(block, name, tree, language)
        else:
            block[name] = value
    if not says_something or not all(block.get(name) for name in NEEDED.get(block["type"], ())):
        return None
    finish = FINISHED_BY.get(block["type"])
    return block if finish is None or finish(block, tree, language) else None


def grouped(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks with neighbours of a list-like type gathered as `items` of one."""
    result: list[dict[str, Any]] = []
    for kind, neighbours in groupby(blocks, key=lambda block: block["type"]):
        items = list(neighbours)
        if kind in GROUPED:
            result.append({"type": kind, "template": items[0]["template"], "items": items})
        else:
            result += items
    return result


def _rich(block: dict[str, Any], name: str, tree: LiveTree, language: str) -> str:
    html = resolve_all(block[name], tree, language)
    if block["type"] in TITLED:
        html = html.replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    # Clean by pages.richtext when it was stored; nothing else reaches an edition.
    return mark_safe(html)  # noqa: S308


def _door(block: dict[str, Any], tree: LiveTree, language: str) -> bool:
    block["url"] = resolve(block["link"], tree, language)
    return block["url"] is not None


def _table(block: dict[str, Any], tree: LiveTree, language: str) -> bool:
    block["headings"], *block["lines"] = cells(block["rows"])
    return True


def _resource_link(block: dict[str, Any], tree: LiveTree, language: str) -> bool:
    kinds = ResourceLinkBlock.Language
    foreign = block["language"] != language
    # The title is in the page's language; only what it leads to is in another.
    block["hreflang"] = block["language"] if foreign and block["language"] != kinds.OTHER else ""
    block["in_words"] = kinds(block["language"]).label if foreign else ""
    block["checked_on"] = date.fromisoformat(block["checked_on"]) if block["checked_on"] else None
    return block["url"].startswith("https://")


# Say False for a block that leads nowhere.
FINISHED_BY: dict[str, Callable[[dict[str, Any], LiveTree, str], bool]] = {
    "door": _door, "table": _table, "resource_link": _resource_link,
}  # fmt: skip
