"""Counting as far as anybody needs a number: past that, counting every row would only take time."""

from typing import Any

from django.db.models import QuerySet

MOST = 500


def counted(rows: QuerySet[Any]) -> int:
    """Return how many there are; MOST + 1 stands for more than MOST."""
    return rows.order_by()[: MOST + 1].count()


def spoken(number: int) -> str:
    """Return a number as it is shown in brackets."""
    return f"{MOST}+" if number > MOST else str(number)
