"""The links and the form beside the list that narrow it, and how many cases there are to do."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from contact.admin.inbox.counts import capped_count, format_count
from contact.admin.inbox.list_query import ListQuery
from contact.cases.deadlines import overdue_inquiries, steps_until_tonight, waiting_inquiries
from contact.models import Inquiry

SHOWS = {
    "waiting": gettext_lazy("Waiting for an answer"),
    "over": gettext_lazy("Over time"),
    "today": gettext_lazy("To do today"),
    "open": gettext_lazy("All open"),
    "long": gettext_lazy("Open for long"),
    "closed": gettext_lazy("Closed ones"),
}
OWNERS = {
    "all": gettext_lazy("Everybody's"),
    "mine": gettext_lazy("Mine"),
    "nobody": gettext_lazy("No colleague's"),
}


def filters_context(query: ListQuery, now: datetime) -> dict[str, Any]:
    """Return for a template what the list can be narrowed to, and what is chosen."""
    return {
        "show_choices": _links(query, "show", SHOWS, _counts(now)),
        "owner_choices": _links(query, "owner", OWNERS),
        "roles": Inquiry.Role.choices,
        "languages": settings.LANGUAGES,
    }


def _counts(now: datetime) -> dict[str, str]:
    """Return how many cases wait, and how many of them for too long, and what is to be done today."""
    rows = {"waiting": waiting_inquiries(), "over": overdue_inquiries(now), "today": steps_until_tonight(now)}
    return {name: format_count(capped_count(found)) for name, found in rows.items()}


def _links(
    query: ListQuery, name: str, words: dict[str, Any], numbers: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the links that choose one thing and keep the rest."""
    return [
        {
            "words": label,
            "address": query.query_string_with(**{name: value}),
            "is_chosen": getattr(query, name) == value,
            "count": (numbers or {}).get(value, ""),
        }
        for value, label in words.items()
    ]
