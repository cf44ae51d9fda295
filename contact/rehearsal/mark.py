"""The mark by which the site knows its own inquiry: signed with the server's secret, for minutes, and valid once.

It comes with the form that is sent. A mark that is forged, old or used up stores nothing: as an ordinary inquiry
it would reach staff, and as a rehearsal an intruder's words would be in no list.
"""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from contact.models import Rehearsal

FIELD = "rehearsal"  # of the form that is sent; no page has it
SALT = "contact.rehearsal-mark"
VALID_FOR = timedelta(minutes=10)


class MarkRefused(Exception):
    """The mark is forged, old or used up."""


def new_mark(rehearsal: Rehearsal) -> str:
    """Return the mark of this rehearsal's inquiry."""
    return signing.dumps(rehearsal.pk.hex, salt=SALT)


def rehearsal_named(mark: str) -> UUID:
    """Return the id of the rehearsal that the mark names. Raises MarkRefused."""
    try:
        return UUID(signing.loads(mark, salt=SALT, max_age=VALID_FOR))
    except (signing.BadSignature, AttributeError, ValueError):
        raise MarkRefused from None


def use_up(rehearsal: UUID, inquiry: UUID) -> None:
    """Note the inquiry that this rehearsal sent; call it in the transaction that stores it. Raises MarkRefused."""
    if not Rehearsal.objects.filter(pk=rehearsal, inquiry_id=None, ended_at=None).update(inquiry_id=inquiry):
        raise MarkRefused
