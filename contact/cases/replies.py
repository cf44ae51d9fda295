"""Staff's side of the thread: a reply is sealed to the inbox and to its sender, a note to the inbox alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import transaction

from contact.audit import access_log
from contact.cases.contact_attempts import Outcome, Outside
from contact.cases.deadlines import stop_waiting, wait_since_receipt
from contact.cases.unread import UnseenEntry, newest_entry
from contact.crypto.return_code import derive
from contact.crypto.sealing import seal
from contact.keys.keyring import public_key
from contact.keys.recipient_key import seal_recipient
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.retention.erasure import locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


class ReasonMissing(Exception):
    """A contact against the sender's wish is recorded only with its reason."""


def mail_address(answers: Mapping[str, str]) -> str:
    """Return where to tell the sender of an answer: only where e-mail is what was chosen."""
    return answers.get("email", "") if answers.get("reach") == "email" else ""


def waits_for_answer(inquiry: Inquiry) -> str:
    """Say whether the sender was "never" answered or reached, or has written more "since"; else nothing."""
    if inquiry.waiting_since is None:
        return ""
    entries = Message.objects.filter(inquiry=inquiry).exclude(kind=Message.Kind.NOTE)
    kinds = list(entries.order_by("written_at", "id").values_list("kind", flat=True))
    ours = [place for place, kind in enumerate(kinds) if kind != Message.Kind.FROM_SENDER]
    return "since" if ours and Message.Kind.FROM_SENDER in kinds[ours[0] :] else "never"


def was_refused(inquiry: Inquiry) -> bool:
    """Say whether a mail server has refused, for good, the mail that tells this sender of an answer."""
    return Delivery.objects.filter(inquiry=inquiry, refused_at__isnull=False).exists()


def reply(
    inquiry: Inquiry, text: str, user: "User", *, form: UUID, seen: UUID | None, mail_to: str = "", page: str = ""
) -> None:
    """Answer the sender, once for each form and text; tell of it by mail where the sender chose so (`mail_to`).

    Raises UnseenEntry while the thread's newest entry is not the one that was seen, and Erased.
    """
    if inquiry.sender_key is None:
        raise ValueError("this inquiry is from before there were return codes")
    sender = X25519PublicKey.from_public_bytes(bytes(inquiry.sender_key))
    with transaction.atomic():
        row, locator = locked(inquiry), _locator(form, Message.Kind.REPLY, text)
        if Message.objects.filter(locator=locator).exists():
            return
        if newest_entry(row) != seen:
            raise UnseenEntry
        message = _message(row, Message.Kind.REPLY, text, user, locator)
        message.sealed_to_sender = seal(text.encode(), sender, message.id, Message.SENDER_FIELD)
        message.save(force_insert=True)
        if mail_to:
            delivery = Delivery(kind=Delivery.Kind.ANSWER, inquiry=row, about=message)
            delivery.recipient = seal_recipient(mail_to, page, delivery.uuid)
            delivery.save(force_insert=True)
        stop_waiting(row)
        access_log.note(Action.REPLIED, user, inquiry=row)


def note(inquiry: Inquiry, text: str, user: "User", *, form: UUID) -> None:
    """Leave a note for colleagues, once for each form and text: no code opens it. Raises Erased."""
    with transaction.atomic():
        row, locator = locked(inquiry), _locator(form, Message.Kind.NOTE, text)
        if not Message.objects.filter(locator=locator).exists():
            _message(row, Message.Kind.NOTE, text, user, locator).save(force_insert=True)
            access_log.note(Action.NOTED, user, inquiry=row)


def log_outside(inquiry: Inquiry, said: Outside, user: "User", *, form: UUID) -> None:
    """Record a contact outside the thread, once for each form and text.

    Raises ReasonMissing when it went against a wish and nobody said why, and Erased.
    """
    if said.against and not said.reason.strip():
        raise ReasonMissing
    action = Action.CONTACTED_AGAINST if said.against else Action.CONTACTED
    with transaction.atomic():
        row, text = locked(inquiry), said.written()
        locator = _locator(form, Message.Kind.OUTSIDE, text)
        if not Message.objects.filter(locator=locator).exists():
            wait_since_receipt(row)  # nobody reaches for a machine
            _message(row, Message.Kind.OUTSIDE, text, user, locator).save(force_insert=True)
            if said.outcome == Outcome.REACHED:
                stop_waiting(row)
            access_log.note(action, user, inquiry=row)


def _message(inquiry: Inquiry, kind: Message.Kind, text: str, user: "User", locator: str) -> Message:
    key, public = public_key()
    message = Message(inquiry=inquiry, kind=kind, key=key, author=user, locator=locator)
    message.sealed = seal(text.encode(), public, message.id, Message.SEALED_FIELD)
    return message


def _locator(form: UUID, kind: Message.Kind, text: str) -> str:
    # The form's number is random and never stored, so that nobody can try texts against the locator.
    return derive(form.bytes, kind.value.encode() + b" " + text.encode(), 16).hex()
