"""One entry of a thread, sealed to the inbox, and known again when the same form sends the same text twice."""

from typing import TYPE_CHECKING
from uuid import UUID

from contact.crypto.return_code import derive
from contact.crypto.sealing import seal
from contact.keys.keyring import sealing_key
from contact.models import Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def is_stored(form: UUID, kind: Message.Kind, text: str) -> bool:
    """Say whether this text of this form is an entry of the thread already."""
    return Message.objects.filter(locator=locator_of(form, kind, text)).exists()


def new_entry(inquiry: Inquiry, kind: Message.Kind, text: str, user: "User", locator: str) -> Message:
    """Return an entry that is not stored yet, sealed to the inbox."""
    key, public = sealing_key()
    message = Message(inquiry=inquiry, kind=kind, key=key, author=user, locator=locator)
    message.sealed = seal(text.encode(), public, message.id, Message.SEALED_FIELD)
    return message


def locator_of(form: UUID, kind: Message.Kind, text: str) -> str:
    """Return what a text of this form is known again by."""
    # The form's number is random and never stored, so that a reader of the database cannot try out texts.
    return derive(form.bytes, kind.value.encode() + b" " + text.encode(), 16).hex()
