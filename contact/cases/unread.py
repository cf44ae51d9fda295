"""What no colleague has read yet: inquiries never opened, and those whose sender has written since the last look.

A form on a case carries the newest entry that its page showed. When the thread has a newer one, the form is
refused with `UnseenEntry`, so that a colleague never answers or closes past words that they have not read.
"""

from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from contact.audit.access_log import LOOKS
from contact.models import AccessEntry, Inquiry, Message


class UnseenEntry(Exception):
    """The thread has an entry that the page in front of the colleague did not show."""


def newest_entry(inquiry: Inquiry) -> UUID | None:
    """Return the id of the thread's newest entry, for a form to carry."""
    entries = Message.objects.filter(inquiry=inquiry).order_by("-written_at", "-id")
    return entries.values_list("pk", flat=True).first()


def with_looks(rows: QuerySet[Inquiry]) -> QuerySet[Any]:
    """Add `last_look`, when a colleague last opened each inquiry, and `last_word`, when its sender last wrote."""
    looks = AccessEntry.objects.filter(inquiry_id=OuterRef("pk"), action__in=LOOKS).order_by("-at")
    words = Message.objects.filter(inquiry=OuterRef("pk"), kind=Message.Kind.FROM_SENDER).order_by("-written_at")
    return rows.annotate(
        last_look=Subquery(looks.values("at")[:1]), last_word=Subquery(words.values("written_at")[:1])
    )


def unread_inquiries() -> QuerySet[Any]:
    """Return the open inquiries with something unread, also those that may be spam."""
    rows = with_looks(Inquiry.objects.filter(status=Inquiry.Status.OPEN))
    return rows.filter(Q(last_look=None) | Q(last_word__gt=F("last_look")))


def is_unread(inquiry: Any) -> bool:
    """Say whether this row, read `with_looks`, has something unread."""
    return inquiry.last_look is None or (inquiry.last_word is not None and inquiry.last_word > inquiry.last_look)
