"""Pages of a long list by the row they begin after, so that the last takes no longer than the first.

A page number would make the database count past everything before it; here it seeks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WRITTEN = re.compile(r"(\d{1,17})-([0-9a-f]{32})", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """The place of a row in a list that is ordered by a time, and then by id."""

    at: datetime
    pk: UUID

    @classmethod
    def read(cls, written: str) -> "Mark | None":
        """Return the mark that stands in an address; None for anything else."""
        found = WRITTEN.fullmatch(written)
        return cls(EPOCH + int(found[1]) * MICROSECOND, UUID(found[2])) if found else None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.pk.hex}"


@dataclass(frozen=True)
class Order:
    """By which time a list is ordered, and whether the newest comes first."""

    field: str
    newest_first: bool


@dataclass(frozen=True)
class Part:
    """The rows of one page, with the marks by which its neighbours are asked for."""

    rows: list[Any]
    before: Mark | None = None
    after: Mark | None = None


def part_of(
    rows: QuerySet[Any], order: Order, size: int, *, after: Mark | None = None, before: Mark | None = None
) -> Part:
    """Return the page behind `after`, the one that ends before `before`, or the first."""
    down = order.newest_first != bool(before)
    mark = before or after
    if mark:
        beyond = "lt" if down else "gt"
        # The first condition is implied; it is what the index seeks by.
        seek = Q(**{f"{order.field}__{beyond}e": mark.at})
        rows = rows.filter(seek, Q(**{f"{order.field}__{beyond}": mark.at}) | Q(**{f"pk__{beyond}": mark.pk}))
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{order.field}", f"{sign}id")[: size + 1])
    goes_on, found = len(found) > size, found[:size]
    if before:
        found.reverse()
    if not found:
        return Part([])
    first, last = (Mark(getattr(row, order.field), row.pk) for row in (found[0], found[-1]))
    has_earlier = goes_on if before else after is not None
    has_later = True if before else goes_on
    return Part(found, first if has_earlier else None, last if has_later else None)
