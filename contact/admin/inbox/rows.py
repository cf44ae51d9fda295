"""The rows of the inbox: harmless columns in words and, while it is unlocked, name and first words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from contact.admin.wording.due import describe_deadline, format_deadline
from contact.cases.summaries import CaseSummary
from contact.cases.unread import is_unread
from contact.models import Inquiry
from contact.permissions import names_apart

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MINUTE = 60


@dataclass(frozen=True)
class InboxRow:
    """One case, as the list shows it."""

    inquiry: Inquiry
    owner: str
    is_mine: bool
    due: str
    is_over: bool
    age: str
    news: str
    may_take: bool
    step: str  # until when the next step is to be taken, in words
    step_is_over: bool
    step_owner: str
    summary: CaseSummary | None  # None while the inbox is locked, and for what does not open


def inbox_rows(
    inquiries: Iterable[Any],
    openers: Iterable["User"],
    user: "User",
    now: datetime,
    summaries: Mapping[UUID, CaseSummary | None],
) -> list[InboxRow]:
    """Return a row for each inquiry, read `with_looks`. Only `openers` own cases; others' are free."""
    names = names_apart(openers)
    return [
        InboxRow(
            inquiry,
            owner=names.get(inquiry.owner_id or 0, ""),
            is_mine=inquiry.owner_id == user.pk,
            **describe_deadline(inquiry, now),
            age=_age(inquiry.received_at, now),
            news=_news(inquiry),
            may_take=user.pk in names and inquiry.owner_id not in names,
            **_describe_step(inquiry, names, now),
            summary=summaries.get(inquiry.pk),
        )
        for inquiry in inquiries
    ]


def _describe_step(inquiry: Any, names: Mapping[int, str], now: datetime) -> dict[str, Any]:
    at = inquiry.next_step_at
    return {
        "step": format_deadline(at, now) if at else "",
        "step_is_over": bool(at and at <= now),
        "step_owner": names.get(inquiry.next_step_owner_id or 0, ""),
    }


def _age(received_at: datetime, now: datetime) -> str:
    if (now - received_at).total_seconds() < MINUTE:
        return _("just now")
    return _("%(age)s ago") % {"age": timesince(received_at, now, depth=1)}


def _news(inquiry: Any) -> str:
    """Return a mark for what no colleague has read yet. The list says it, as a mail never names an inquiry."""
    if inquiry.last_look is None:
        return _("Not read")
    return _("The sender wrote more") if is_unread(inquiry) else ""
