"""Which pages lead to a page: read from the rows that every save writes (pages.links.index)."""

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from pages.links.external import strings_in
from pages.models import InsideLink, Page
from pages.richtext.reader import links_in

_PAGE = re.compile(r"page:(\d{1,9})")


def targets_in(body: Any) -> set[int]:
    """Return the numbers of the pages that a stored body leads to, as a door or inside rich text."""
    texts = [text for text in strings_in(body) if "page:" in text]
    hrefs = [href for text in texts for href in (text, *links_in(text))]  # a door's whole text is its link
    return {int(page[1]) for href in hrefs if (page := _PAGE.fullmatch(href))}


def leading_to(page: Page, *, at: datetime) -> tuple[QuerySet[Page], QuerySet[Page]]:
    """Return the pages with a link to this one: those that show it to visitors, and those that do not yet.

    The second are other pages whose draft or waiting edition has the link: published later, it would lead nowhere.
    """
    links = InsideLink.objects.filter(target=page.pk, above=False).exclude(page=page)
    shown = links.visible(at=at).values("page")
    later = links.in_use(at=at).exclude(page__in=shown).values("page")
    return Page.objects.filter(pk__in=shown), Page.objects.filter(pk__in=later)


def shown_under(page: Page, *, at: datetime) -> QuerySet[Page]:
    """Return the pages that visitors find under this one in the tree."""
    placed = InsideLink.objects.filter(target=page.pk, above=True).visible(at=at)
    return Page.objects.filter(pk__in=placed.values("page"))
