"""Tables of the inbox to take away: the harmless columns at any time, what people wrote only while it is unlocked.

Who took how many stands in the access log before the first byte leaves; with content, on each inquiry too.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contact.audit import access_log
from contact.cases.deadlines import due_at
from contact.cases.reading import unseal
from contact.crypto.sealing import SealBroken
from contact.exports.spreadsheet import table
from contact.keys.keyring import KeysMissing, Opener, newest_key
from contact.models import AccessEntry, Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
Cells = Callable[[dict[str, str], str], list[str]]  # of answers and role
COLUMNS = ("reference", "received_at", "role", "language", "status", "closed_at", "quarantined", "owner_id")
MOST_OPENED = 500
AT_ONCE = 100


def without_content(found: QuerySet[Inquiry], user: "User") -> Iterator[bytes]:
    """Return the file with the harmless columns, once that is logged."""
    rows = _newest_first(found)
    number = rows.count()
    access_log.note(Action.LIST_SAVED, user, rows=number)
    shown = rows.select_related(None).only(*COLUMNS, "waiting_since")[:number].iterator(chunk_size=1_000)
    return table(_headings(), map(_in_words(), shown))


def with_content(
    found: QuerySet[Inquiry], user: "User", opener: Opener, headings: list[str], cells: Cells
) -> Iterator[bytes]:
    """Return the newest inquiries with what was written, once each is logged. Raises KeysMissing."""
    opener(newest_key())
    wanted = list(_newest_first(found).values_list("pk", flat=True)[:MOST_OPENED])
    rows = list(Inquiry.objects.filter(pk__in=wanted).only("id", "reference"))
    with transaction.atomic():
        access_log.note(Action.TABLE_SAVED, user, rows=len(rows))
        for inquiry in rows:
            access_log.note(Action.TEXT_SAVED, user, inquiry=inquiry)
    return table([*_headings(), *headings], _opened(wanted, opener, cells))


def _newest_first(found: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    return found.order_by("-received_at", "-id")


def _headings() -> list[str]:
    named = [capfirst(str(Inquiry._meta.get_field(name).verbose_name)) for name in COLUMNS]  # type: ignore[union-attr]  # all are columns
    return [*named, _("To be answered")]


def _in_words() -> Callable[[Inquiry], list[str]]:
    """Return what tells an inquiry's columns in words, and until when it should be answered.

    The words are looked up once, not for every row.
    """
    zone, words = timezone.get_current_timezone(), [_words_of(name) for name in COLUMNS]

    def told(value: Any, known: dict[Any, str]) -> str:
        if isinstance(value, datetime):
            # ISO: read the same by every setting of Excel.
            return value.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16]
        return "" if value is None else known.get(value) or str(value)

    def row(inquiry: Inquiry) -> list[str]:
        columns = [told(getattr(inquiry, name), known) for name, known in zip(COLUMNS, words, strict=True)]
        return [*columns, told(due_at(inquiry), {})]

    return row


def _words_of(name: str) -> dict[Any, str]:
    if name == "quarantined":
        return {True: _("Yes"), False: _("No")}
    if name == "owner_id":
        return {user.pk: display_name(user) for user in get_user_model().objects.filter(is_staff=True)}
    choices = Inquiry._meta.get_field(name).flatchoices  # type: ignore[union-attr]  # all are columns
    return {value: str(label) for value, label in choices}


def _opened(wanted: list[UUID], opener: Opener, cells: Cells) -> Iterator[list[str]]:
    key, harmless = cache(opener), _in_words()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = Inquiry.objects.filter(pk__in=some).select_related("key").in_bulk()
        for inquiry in (rows[pk] for pk in some if pk in rows):  # what is erased meanwhile is left out
            try:
                opened = cells(unseal(inquiry, key(inquiry.key)), inquiry.role)
            except (KeysMissing, SealBroken):
                opened = [_("This inquiry does not open.")]
            yield [*harmless(inquiry), *opened]
