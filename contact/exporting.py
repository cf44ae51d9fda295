"""Tables of the inbox to take away: the harmless columns at any time, what people wrote only while it is unlocked.

Who took how many stands in the access log before the first byte leaves; with content, on each inquiry too.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from contact import access_log
from contact.inbox import unseal
from contact.keys import KeysMissing, Opener, newest_key
from contact.models import AccessEntry, Inquiry
from contact.sealing import SealBroken
from contact.spreadsheet import table

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
Cells = Callable[[dict[str, str], str], list[str]]  # of answers and role
COLUMNS = ("reference", "received_at", "role", "language", "status", "closed_at", "quarantined")
MOST_OPENED = 500
AT_ONCE = 100


def without_content(found: QuerySet[Inquiry], user: "User") -> Iterator[bytes]:
    """Return the file with the harmless columns, once that is logged."""
    rows = _newest_first(found)
    number = rows.count()
    access_log.note(Action.LIST_SAVED, user, rows=number)
    shown = rows.only("id", *COLUMNS)[:number].iterator(chunk_size=1_000)
    return table(_headings(), map(_harmless, shown))


def with_content(
    found: QuerySet[Inquiry], user: "User", opener: Opener, headings: list[str], cells: Cells
) -> Iterator[bytes]:
    """Return the newest inquiries with what was written, once each is logged. Raises KeysMissing."""
    opener(newest_key())
    rows = list(_newest_first(found).only("id", "reference")[:MOST_OPENED])
    with transaction.atomic():
        access_log.note(Action.TABLE_SAVED, user, rows=len(rows))
        for inquiry in rows:
            access_log.note(Action.TEXT_SAVED, user, inquiry=inquiry)
    opened = _opened([inquiry.pk for inquiry in rows], opener, cells)
    return table([*_headings(), *headings], opened)


def _newest_first(found: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    # Without what the list joins and counts for its own columns.
    return Inquiry.objects.filter(pk__in=found.order_by().values("pk")).order_by("-received_at", "-id")


def _headings() -> list[str]:
    return [capfirst(str(Inquiry._meta.get_field(name).verbose_name)) for name in COLUMNS]  # type: ignore[union-attr]  # all are columns


def _harmless(inquiry: Inquiry) -> list[str]:
    return [
        inquiry.reference,
        f"{timezone.localtime(inquiry.received_at):%Y-%m-%d %H:%M}",
        inquiry.get_role_display(),
        str(inquiry.get_language_display()),
        inquiry.get_status_display(),
        f"{timezone.localtime(inquiry.closed_at):%Y-%m-%d %H:%M}" if inquiry.closed_at else "",
        _("Yes") if inquiry.quarantined else _("No"),
    ]


def _opened(wanted: list[UUID], opener: Opener, cells: Cells) -> Iterator[list[str]]:
    key = cache(opener)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = Inquiry.objects.filter(pk__in=some).select_related("key").in_bulk()
        for inquiry in (rows[pk] for pk in some if pk in rows):  # what is erased meanwhile is left out
            try:
                opened = cells(unseal(inquiry, key(inquiry.key)), inquiry.role)
            except (KeysMissing, SealBroken):
                opened = [_("This inquiry does not open.")]
            yield [*_harmless(inquiry), *opened]
