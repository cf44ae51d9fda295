"""The newest entry of a thread: whoever acts on a case names the one they saw, and passes nothing newer over."""

from uuid import UUID

from contact.models import Inquiry, Message


class SomethingNewer(Exception):
    """The case has something that whoever acts on it has not seen."""


def newest(inquiry: Inquiry) -> UUID | None:
    """Return the id of the thread's newest entry: a form carries it, to be asked about when it is sent."""
    return (
        Message.objects.filter(inquiry=inquiry).order_by("-written_at", "-id").values_list("pk", flat=True).first()
    )
