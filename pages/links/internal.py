"""Which pages lead to a page: read from the rows that every save writes (pages.links.index)."""

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from pages.links.external import texts_in
from pages.models import InsideLink, Page

_LINK = re.compile(r'(?:^|<a href=")page:(\d{1,9})(?:"|$)')


def targets_in(body: Any) -> set[int]:
    """Return the numbers of the pages that a stored body leads to, as a door or inside rich text."""
    return {int(number) for text in texts_in(body) if "page:" in text for number in _LINK.findall(text)}


def leading_to(page: Page, *, at: datetime) -> tuple[QuerySet[Page], QuerySet[Page]]:
    """Return the pages with a link to this one: those where visitors meet it, and those where they do not yet.

    The second are other pages' newest drafts and waiting editions: published later, they would lead nowhere.
    """
    links = InsideLink.objects.filter(target=page.pk, above=False).exclude(page=page)
    shown = links.shown(at=at).values("page")
    later = links.counted(at=at).exclude(page__in=shown).values("page")
    return Page.objects.filter(pk__in=shown), Page.objects.filter(pk__in=later)


def shown_under(page: Page, *, at: datetime) -> QuerySet[Page]:
    """Return the pages that visitors find placed under this one."""
    placed = InsideLink.objects.filter(target=page.pk, above=True).shown(at=at)
    return Page.objects.filter(pk__in=placed.values("page"))
