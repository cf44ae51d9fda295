"""What staff write for colleagues alone: an internal note, and the record of a contact attempt."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from contact.audit import access_log
from contact.cases.contact_attempts import ContactAttempt
from contact.cases.contact_preferences import ReasonMissing
from contact.cases.deadlines import stop_waiting, wait_since_receipt
from contact.cases.writing.entries import locator_of, new_entry
from contact.cases.writing.steps import drop_step
from contact.models import AccessEntry, Inquiry, Message
from contact.retention.erasure import lock_inquiry
from mestring.typed_text.invisible_signs import holds_words

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def add_note(inquiry: Inquiry, text: str, user: "User", *, form: UUID) -> None:
    """Store a note for colleagues, once for each form and text. No return code opens it. Raises Erased."""
    with transaction.atomic():
        row, locator = lock_inquiry(inquiry), locator_of(form, Message.Kind.NOTE, text)
        if not Message.objects.filter(locator=locator).exists():
            new_entry(row, Message.Kind.NOTE, text, user, locator).save(force_insert=True)
            access_log.note(Action.NOTED, user, inquiry=row)


def record_attempt(inquiry: Inquiry, attempt: ContactAttempt, user: "User", *, form: UUID) -> None:
    """Store the record of a contact attempt, once for each form and text.

    Raises ReasonMissing when it went against the sender's preferences and has no reason, and Erased.
    """
    if attempt.against and not holds_words(attempt.reason):
        raise ReasonMissing
    action = Action.CONTACTED_AGAINST if attempt.against else Action.CONTACTED
    with transaction.atomic():
        row, text = lock_inquiry(inquiry), attempt.to_json()
        locator = locator_of(form, Message.Kind.CONTACT_ATTEMPT, text)
        if not Message.objects.filter(locator=locator).exists():
            wait_since_receipt(row)  # a colleague who tries to reach the sender takes them for a person
            new_entry(row, Message.Kind.CONTACT_ATTEMPT, text, user, locator).save(force_insert=True)
            if attempt.is_conversation:
                stop_waiting(row)
                drop_step(row, user)
            access_log.note(action, user, inquiry=row)
