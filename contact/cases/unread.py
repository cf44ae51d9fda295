"""What nobody has read: inquiries never opened, and those to which their sender has added something since."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from contact.models import AccessEntry, Inquiry, Message

LOOKS = (AccessEntry.Action.OPENED, AccessEntry.Action.OPENED_WITH_PAPER)


def with_looks(rows: QuerySet[Inquiry]) -> QuerySet[Any]:
    """Add when somebody last opened each inquiry, and when its sender last added something."""
    looks = AccessEntry.objects.filter(inquiry_id=OuterRef("pk"), action__in=LOOKS).order_by("-at")
    words = Message.objects.filter(inquiry=OuterRef("pk"), kind=Message.Kind.FROM_SENDER).order_by("-written_at")
    return rows.annotate(
        last_look=Subquery(looks.values("at")[:1]), last_word=Subquery(words.values("written_at")[:1])
    )


def unread() -> QuerySet[Any]:
    """Return the open inquiries with something that nobody has read, also those that may be spam."""
    rows = with_looks(Inquiry.objects.filter(status=Inquiry.Status.OPEN))
    return rows.filter(Q(last_look=None) | Q(last_word__gt=F("last_look")))


def has_news(inquiry: Any) -> bool:
    """Say whether this row, read `with_looks`, has something that nobody has read."""
    return inquiry.last_look is None or (inquiry.last_word is not None and inquiry.last_word > inquiry.last_look)
