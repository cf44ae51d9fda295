"""Setting the next step of a case, and taking it away."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from contact.audit import access_log
from contact.cases.contact_preferences import ReasonMissing
from contact.cases.deadlines import end_promise
from contact.cases.next_step import NextStep, keeps_promise
from contact.cases.writing.entries import locator_of, new_entry
from contact.models import AccessEntry, Inquiry, Message
from contact.retention.erasure import lock_inquiry
from mestring.typed_text.invisible_signs import holds_words

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def set_next_step(
    inquiry: Inquiry, step: NextStep, user: "User", *, form: UUID, against: Collection[str] = (), reason: str = ""
) -> bool:
    """Store the next step in place of the last one, once for each form and step.

    A plan is no answer: the sender waits on. Return whether a promised call ended with it, so that the sender
    waits for it again. The reason for a step `against` the sender's preferences stands first in its words. Raises
    ReasonMissing when there is none, and Erased.
    """
    if against and not holds_words(reason):
        raise ReasonMissing
    if against:
        step = step.with_reason(reason)
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        is_new = store_step(row, step, user, form)
        return is_new and not keeps_promise(step, row.next_step_at) and end_promise(row)


def finish_step(inquiry: Inquiry, user: "User") -> bool:
    """Take the next step away, because it is done or not needed. A second press changes nothing. Raises Erased.

    Return whether it was a promised call, for which the sender waits again, as no conversation is written down.
    """
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        drop_step(row, user)
        return end_promise(row)


def store_step(inquiry: Inquiry, step: NextStep, user: "User", form: UUID) -> bool:
    """Store the step on the locked case, once for each form and step; return whether it is new."""
    text = step.to_json()
    locator = locator_of(form, Message.Kind.NEXT_STEP, text)
    if Message.objects.filter(locator=locator).exists():
        return False
    new_entry(inquiry, Message.Kind.NEXT_STEP, text, user, locator).save(force_insert=True)
    Inquiry.objects.filter(pk=inquiry.pk).update(next_step_at=step.at, next_step_owner=step.owner)
    access_log.note(Action.STEP_SET, user, inquiry=inquiry)
    return True


def drop_step(inquiry: Inquiry, user: "User") -> None:
    """Take the step of the locked case away, if it has one."""
    steps = Inquiry.objects.filter(pk=inquiry.pk, next_step_at__isnull=False)
    if steps.update(next_step_at=None, next_step_owner=None):
        access_log.note(Action.STEP_DONE, user, inquiry=inquiry)
