"""Keyset pagination: a page of a long list begins after a row, so that the last page is as quick as the first.

A page number would make the database count past every row before it; a cursor makes it seek.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CURSOR_FORMAT = re.compile(r"(\d{1,17})-([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """The place of a row in a list that is ordered by a time, and then by id."""

    at: datetime
    pk: UUID

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the cursor that stands in an address; None for any other text."""
        found = CURSOR_FORMAT.fullmatch(text)
        return cls(EPOCH + int(found[1]) * MICROSECOND, UUID(found[2])) if found else None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.pk.hex}"


@dataclass(frozen=True)
class Order:
    """The time by which a list is ordered, and whether the newest comes first."""

    field: str
    newest_first: bool


@dataclass(frozen=True)
class Page:
    """The rows of one page, with the cursors by which its neighbours are asked for."""

    rows: list[Any]
    before: Cursor | None = None
    after: Cursor | None = None


def page_of(
    rows: QuerySet[Any], order: Order, size: int, *, after: Cursor | None = None, before: Cursor | None = None
) -> Page:
    """Return the page that begins after `after`, the one that ends before `before`, or the first."""
    down = order.newest_first != bool(before)
    cursor = before or after
    if cursor:
        beyond = "lt" if down else "gt"
        # The first condition is implied; it is what the index seeks by.
        seek = Q(**{f"{order.field}__{beyond}e": cursor.at})
        rows = rows.filter(seek, Q(**{f"{order.field}__{beyond}": cursor.at}) | Q(**{f"pk__{beyond}": cursor.pk}))
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{order.field}", f"{sign}id")[: size + 1])
    goes_on, found = len(found) > size, found[:size]
    if before:
        found.reverse()
    if not found:
        return Page([])
    first, last = (Cursor(getattr(row, order.field), row.pk) for row in (found[0], found[-1]))
    has_earlier = goes_on if before else after is not None
    has_later = True if before else goes_on
    return Page(found, first if has_earlier else None, last if has_later else None)
