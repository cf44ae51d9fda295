"""Erasing an inquiry with everything that belongs to it: the one way in which it is ever done."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from contact.audit.access_log import note
from contact.models import AccessEntry, Inquiry, Tombstone
from contact.retention.quarterly_statistics import count_erased, read_countable

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Erased(Exception):
    """The inquiry was here once, and is erased."""


def lock_inquiry(inquiry: Inquiry, rows: "QuerySet[Inquiry] | None" = None) -> Inquiry:
    """Return the inquiry as it is now, kept from other requests until the transaction ends. Raises Erased.

    With `rows` it must also still be among them. That is asked in a second statement: after a wait for the lock,
    PostgreSQL does not show what was written in other tables meanwhile, such as a hold.
    """
    found = Inquiry.with_rehearsals.select_for_update().filter(pk=inquiry.pk).defer("sealed").first()
    if found is None or (rows is not None and not rows.filter(pk=inquiry.pk).exists()):
        raise Erased
    return found


def erase(
    inquiry: Inquiry,
    action: AccessEntry.Action,
    *,
    rows: "QuerySet[Inquiry] | None" = None,
    user: "User | None" = None,
) -> None:
    """Erase; leave a tombstone and a log entry in the same transaction. Raises Erased when it is too late.

    A rehearsal leaves neither: in a restored backup it is a rehearsal still, which the next one erases.
    """
    with transaction.atomic():
        row = lock_inquiry(inquiry, rows)
        if row.status == Inquiry.REHEARSAL:
            row.delete()
            return
        Tombstone.objects.create(locator=row.locator, inquiry_id=row.pk)
        note(action, user, inquiry=row)
        count_erased(read_countable(Inquiry.objects.filter(pk=row.pk)))
        row.delete()  # its messages, deliveries and holds go with it
