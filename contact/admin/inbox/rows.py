"""The rows of the inbox: harmless columns in words and, while it is unlocked, a summary of what was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from contact.admin.wording.due import spoken
from contact.cases.deadlines import due_at
from contact.cases.summaries import CaseSummary
from contact.cases.unread import has_news
from contact.models import Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MINUTE = 60


@dataclass(frozen=True)
class Row:
    """One case, as the list shows it."""

    inquiry: Inquiry
    owner: str
    is_mine: bool
    due: str
    is_over: bool
    age: str
    news: str
    summary: CaseSummary | None


def rows_of(
    inquiries: Iterable[Any],
    people: Iterable["User"],
    user: "User",
    now: datetime,
    summaries: Mapping[UUID, CaseSummary | None],
) -> list[Row]:
    """Return a row for each inquiry, read `with_looks`."""
    names = {one.pk: display_name(one) for one in people}
    return [
        Row(
            inquiry,
            owner=names.get(inquiry.owner_id or 0, ""),
            is_mine=inquiry.owner_id == user.pk,
            **due_of(inquiry, now),
            age=_age(inquiry.received_at, now),
            news=_news(inquiry),
            summary=summaries.get(inquiry.pk),
        )
        for inquiry in inquiries
    ]


def _age(received_at: datetime, now: datetime) -> str:
    if (now - received_at).total_seconds() < MINUTE:
        return _("just now")
    return _("%(age)s ago") % {"age": timesince(received_at, now, depth=1)}


def due_of(inquiry: Inquiry, now: datetime) -> dict[str, Any]:
    """Return until when a case should be answered, in words, and whether that is over."""
    due = due_at(inquiry)
    if due is None:
        # What a colleague found to be spam waits no more either, and nobody has answered it.
        is_answered = inquiry.waiting_since is None and not inquiry.quarantined
        return {"due": _("answered") if is_answered else "", "is_over": False}
    return {"due": spoken(due, now), "is_over": due <= now}


def _news(inquiry: Any) -> str:
    """Say what nobody has read yet; a mail never says which inquiry it is about."""
    if inquiry.last_look is None:
        return _("Not read")
    return _("The sender wrote more") if has_news(inquiry) else ""
