"""The notices that stand on every page, as visitors read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from pages.live.tree import LiveTree, PageLink


@dataclass(frozen=True)
class PublicNotice:
    """A notice in the visitor's language, or else in bokmål, with the page to read more on."""

    text: str
    language: str
    more: PageLink | None
    ends_at: datetime


def public_notice(row: dict[str, Any], tree: LiveTree, language: str) -> PublicNotice:
    """Return a notice for visitors.

    A notice without a translation is shown in bokmål and marked so: that the telephone is out of order
    concerns every visitor.
    """
    text = row[f"text_{language}"]
    own = language if text else settings.LANGUAGE_CODE
    more = tree.link(row["more_id"], language)
    return PublicNotice(row[f"text_{own}"], own, more, row["ends_at"])
