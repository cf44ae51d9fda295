"""The review that a tick writes down: the colleague's own name, today, and the next as long away as last time."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from pages.models import Edition

A_YEAR = timedelta(days=365)


def offered_review(user: User) -> dict[str, Any]:
    """Return who reviewed, when, and when the next review is due, as this colleague wrote it down last."""
    today, name = timezone.localdate(), user.get_full_name() or user.get_username()
    last = (
        Edition.objects.filter(saved_by=user, head__reviewed_by__startswith=name)
        .exclude(head__next_review_on=None)
        .order_by("-pk")
        .values_list("head", flat=True)
        .first()
    )
    head = last or {}
    return {
        "reviewed_by": head.get("reviewed_by") or name,
        "reviewed_on": today,
        "next_review_on": today + _time_between(head.get("reviewed_on"), head.get("next_review_on")),
    }


def _time_between(reviewed: str | None, due: str | None) -> timedelta:
    return date.fromisoformat(due) - date.fromisoformat(reviewed) if reviewed and due else A_YEAR
