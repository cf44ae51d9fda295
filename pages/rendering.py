"""An edition in one language, ready for a template."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from pages.links import resolve, resolve_all
from pages.models import Edition
from pages.navigation import LiveTree

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
RICH = {("text", "body"), ("care_card", "body")}


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
    saved_at: Any
    blocks: list[dict[str, Any]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def of_type(self, name: str) -> list[dict[str, Any]]:
        """Return the blocks of one type."""
        return [block for block in self.blocks if block["type"] == name]


def render_edition(edition: Edition, tree: LiveTree, language: str) -> Rendered:
    """Return the edition's texts in one language, internal links resolved, headings given ids.

    A block that says nothing in this language is left out.
    """
    head = edition.head
    page = Rendered(
        kind=head["kind"], title=head["title"].get(language, ""), lead=head["lead"].get(language, ""),
        description=head["description"].get(language, ""), saved_at=edition.saved_at,
    )  # fmt: skip
    for stored in edition.body:
        block = _in_language(stored, tree, language)
        if block is not None:
            _number_headings(block, page.headings)
            block["under_heading"] = bool(page.headings)
            page.blocks.append(block)
    return page


def _in_language(stored: dict[str, Any], tree: LiveTree, language: str) -> dict[str, Any] | None:
    block: dict[str, Any] = {"type": stored["type"], "template": f"pages/blocks/{stored['type']}.html"}
    says_something = False
    for name, value in stored.items():
        if isinstance(value, dict):
            block[name] = value.get(language, "")
            says_something |= bool(block[name])
            if (stored["type"], name) in RICH:
                # Clean by pages.richtext when it was stored; nothing else reaches an edition.
                block[name] = mark_safe(resolve_all(block[name], tree, language))  # noqa: S308
        else:
            block[name] = value
    if stored["type"] == "door":
        block["url"] = resolve(stored["link"], tree, language)
        says_something = says_something and block["url"] is not None
    return block if says_something else None


def _number_headings(block: dict[str, Any], headings: list[Heading]) -> None:
    if block["type"] != "text":
        return
    taken = {heading.id for heading in headings}

    def with_id(match: re.Match[str]) -> str:
        text = strip_tags(match[1])
        anchor = base = slugify(text) or "del"
        while anchor in taken:
            anchor = f"{base}-{len(taken)}"
        taken.add(anchor)
        headings.append(Heading(anchor, text))
        return f'<h2 id="{anchor}">{match[1]}</h2>'

    block["body"] = SafeString(_HEADING.sub(with_id, block["body"]))
