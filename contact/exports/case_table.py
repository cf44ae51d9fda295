"""The inbox as a table to save: its harmless columns at any time, its content only while the inbox is unlocked.

The access log records who saved how many rows before the first byte leaves; a table with content is recorded on
each inquiry too.
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
from contact.exports.spreadsheet import csv_file
from contact.keys.keyring import KeysMissing, Opener, newest_key
from contact.models import AccessEntry, Inquiry
from contact.permissions import names_apart

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
ContentCells = Callable[[dict[str, str], str], list[str]]  # the cells of these answers, from this role
COLUMNS = ("reference", "received_at", "role", "language", "status", "closed_at", "quarantined", "owner_id")
MOST_OPENED = 500
OPENED_AT_ONCE = 100


def without_content(inquiries: QuerySet[Inquiry], user: "User") -> Iterator[bytes]:
    """Log the table, then return it with the harmless columns."""
    rows = _newest_first(inquiries)
    number = rows.count()
    access_log.note(Action.LIST_SAVED, user, rows=number)
    listed = rows.select_related(None).only(*COLUMNS, "waiting_since")[:number].iterator(chunk_size=1_000)
    return csv_file(_headings(), map(_row_writer(), listed))


def with_content(
    inquiries: QuerySet[Inquiry], user: "User", opener: Opener, headings: list[str], cells: ContentCells
) -> Iterator[bytes]:
    """Log each inquiry, then return a table of the newest ones with their content. Raises KeysMissing."""
    opener(newest_key())
    wanted = list(_newest_first(inquiries).values_list("pk", flat=True)[:MOST_OPENED])
    rows = list(Inquiry.objects.filter(pk__in=wanted).only("id", "reference"))
    with transaction.atomic():
        access_log.note(Action.TABLE_SAVED, user, rows=len(rows))
        for inquiry in rows:
            access_log.note(Action.TEXT_SAVED, user, inquiry=inquiry)
    return csv_file([*_headings(), *headings], _rows_with_content(wanted, opener, cells))


def _newest_first(inquiries: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    return inquiries.order_by("-received_at", "-id")


def _headings() -> list[str]:
    names = [capfirst(str(Inquiry._meta.get_field(name).verbose_name)) for name in COLUMNS]  # type: ignore[union-attr]  # all are columns
    return [*names, _("To be answered")]


def _row_writer() -> Callable[[Inquiry], list[str]]:
    """Return a function that writes an inquiry's harmless columns, and its deadline, as the cells of a row.

    The labels of stored values are looked up once here, not for every row.
    """
    zone, labels = timezone.get_current_timezone(), [_labels_of(name) for name in COLUMNS]

    def cell(value: Any, names: dict[Any, str]) -> str:
        if isinstance(value, datetime):
            # ISO: every setting of Excel reads it the same.
            return value.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16]
        return "" if value is None else names.get(value) or str(value)

    def row(inquiry: Inquiry) -> list[str]:
        cells = [cell(getattr(inquiry, column), names) for column, names in zip(COLUMNS, labels, strict=True)]
        return [*cells, cell(due_at(inquiry), {})]

    return row


def _labels_of(name: str) -> dict[Any, str]:
    if name == "quarantined":
        return {True: _("Yes"), False: _("No")}
    if name == "owner_id":
        return names_apart(get_user_model().objects.filter(is_staff=True))
    choices = Inquiry._meta.get_field(name).flatchoices  # type: ignore[union-attr]  # all are columns
    return {value: str(label) for value, label in choices}


def _rows_with_content(wanted: list[UUID], opener: Opener, cells: ContentCells) -> Iterator[list[str]]:
    key, harmless_cells = cache(opener), _row_writer()
    for start in range(0, len(wanted), OPENED_AT_ONCE):
        some = wanted[start : start + OPENED_AT_ONCE]
        rows = Inquiry.objects.filter(pk__in=some).select_related("key").in_bulk()
        for inquiry in (rows[pk] for pk in some if pk in rows):  # an inquiry erased meanwhile is left out
            try:
                content = cells(unseal(inquiry, key(inquiry.key)), inquiry.role)
            except (KeysMissing, SealBroken):
                content = [_("This inquiry does not open.")]
            yield [*harmless_cells(inquiry), *content]
