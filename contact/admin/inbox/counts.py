"""Counting the rows of the inbox up to a limit: past it the exact number helps no colleague, and takes time."""

from typing import Any

from django.db.models import QuerySet

LIMIT = 500


def capped_count(rows: QuerySet[Any]) -> int:
    """Return how many rows there are; LIMIT + 1 stands for any number over LIMIT."""
    return rows.order_by()[: LIMIT + 1].count()


def format_count(number: int) -> str:
    """Return a capped count as it is shown in brackets: "500+" over the limit."""
    return f"{LIMIT}+" if number > LIMIT else str(number)
