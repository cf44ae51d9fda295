"""The titles of some pages, and how many more there are: no dialog lists ten thousand."""

from typing import Any

from django.db.models import QuerySet

from pages.models import Page

MOST_TITLES = 20


class TitleList(list[str]):
    """The titles of the first pages, with `more`: how many are not named."""

    more: int = 0

    @classmethod
    def of(cls, pages: QuerySet[Page]) -> "TitleList":
        """Return the first pages in the order they were made."""
        first: list[Any] = list(pages.order_by("pk")[: MOST_TITLES + 1])
        titles = cls(str(page) for page in first[:MOST_TITLES])
        titles.more = pages.count() - MOST_TITLES if len(first) > MOST_TITLES else 0
        return titles
