"""The notices that stand on every page, as visitors read them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from pages.live.tree import LiveTree, PageLink


@dataclass(frozen=True)
class PublicNotice:
    """A notice in the visitor's language, or else in bokmål, with the page to read more on."""

    text: str
    language: str
    more: PageLink | None


def public_notice(row: dict[str, Any], tree: LiveTree, language: str) -> PublicNotice:
    """Return a notice for visitors.

    A notice without a translation is shown in bokmål and marked so: that the telephone is out of order
    concerns every visitor.
    """
    text = row[f"text_{language}"]
    own = language if text else settings.LANGUAGE_CODE
    more = tree.nodes.get(row["more_id"])
    return PublicNotice(row[f"text_{own}"], own, more.link(language) if more else None)
