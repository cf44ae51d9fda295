"""Some pages by their titles, and how many more there are: no question lists ten thousand."""

from typing import Any

from django.db.models import QuerySet

from pages.models import Page

NAMED = 20


class Named(list[str]):
    """The titles of the first pages, with `more`: how many are not named."""

    more: int = 0

    @classmethod
    def of(cls, pages: QuerySet[Page]) -> "Named":
        """Return the first pages in the order they were made."""
        some: list[Any] = list(pages.order_by("pk")[: NAMED + 1])
        named = cls(str(page) for page in some[:NAMED])
        named.more = pages.count() - NAMED if len(some) > NAMED else 0
        return named
