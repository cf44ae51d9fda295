"""What staff add to a thread: a reply, an internal note, the record of a contact attempt.

A reply is sealed to the inbox and to its sender; a note and a record are sealed to the inbox alone.
"""

import logging
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import transaction

from contact.audit import access_log
from contact.cases.contact_attempts import ContactAttempt
from contact.cases.deadlines import end_promise, owe_call, stop_waiting, wait_since_receipt
from contact.cases.next_step import NextStep, keeps_promise
from contact.cases.reading import sealed_sender
from contact.cases.unread import UnseenEntry, newest_entry
from contact.crypto.return_code import derive
from contact.crypto.sealing import seal
from contact.keys.key_holders import open_with_server_grant
from contact.keys.keyring import Opener, sealing_key
from contact.keys.recipient_key import seal_recipient
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.retention.erasure import lock_inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)


class ReasonMissing(Exception):
    """What was done, or is to be done, goes against the sender's preferences, and the colleague gave no reason."""


class SenderChanged(Exception):
    """The locator or the sender's key in the database is not the one that came in with the inquiry."""


def mail_address(answers: Mapping[str, str]) -> str:
    """Return the address to which the sender wants news of an answer; "" unless the sender chose e-mail."""
    return answers.get("email", "") if answers.get("reach") == "email" else ""


def was_mail_refused(inquiry: Inquiry) -> bool:
    """Say whether the mail server has permanently refused to tell this sender of an answer."""
    return Delivery.objects.filter(inquiry=inquiry, refused_at__isnull=False).exists()


def is_mail_put_off(inquiry: Inquiry) -> bool:
    """Say whether mail about an answer was tried in vain: the address may be wrong, or our mail server."""
    tried = Delivery.objects.filter(inquiry=inquiry, kind=Delivery.Kind.ANSWER, sent_at=None, refused_at=None)
    return tried.filter(attempts__gt=0).exclude(last_error="").exists()


def reply(
    inquiry: Inquiry,
    text: str,
    user: "User",
    *,
    form: UUID,
    seen: UUID | None,
    mail_to: str = "",
    page: str = "",
    is_call_owed: bool = False,
    step: NextStep | None = None,
    opener: Opener = open_with_server_grant,
) -> None:
    """Store a reply, once for each form and text, and tell the sender by mail at `mail_to`, if that is given.

    `form` is the form's random number, `seen` the newest entry that its page showed. `page` is the address at
    which the sender reads the reply. Where `is_call_owed`, the sender waits on after the reply; a `step` that says
    when a colleague rings puts this off. Raises UnseenEntry when the thread has a newer entry, SenderChanged,
    SealBroken, KeysMissing and Erased.
    """
    if inquiry.sender_key is None:
        raise ValueError("this inquiry is from before there were return codes")
    came_from = sealed_sender(inquiry, opener)
    with transaction.atomic():
        row, locator = lock_inquiry(inquiry), _locator(form, Message.Kind.REPLY, text)
        sender = _sender_of(row, came_from)
        if Message.objects.filter(locator=locator).exists():
            return
        if newest_entry(row) != seen:
            raise UnseenEntry
        message = _message(row, Message.Kind.REPLY, text, user, locator)
        message.sealed_to_sender = seal(text.encode(), sender, message.id, Message.SENDER_FIELD)
        message.save(force_insert=True)
        if mail_to:
            delivery = Delivery(kind=Delivery.Kind.ANSWER, inquiry=row, about=message)
            _address(delivery, mail_to, page)
            delivery.save(force_insert=True)
        if is_call_owed:
            owe_call(row, is_promised=step is not None)
        else:
            stop_waiting(row)
        access_log.note(Action.REPLIED, user, inquiry=row)
        if step:
            _store_step(row, step, user, form)


def _sender_of(row: Inquiry, came_from: tuple[str, str] | None) -> X25519PublicKey:
    """Return the key that a reply is sealed to; refuse one that an intruder put in its place."""
    key = bytes(row.sender_key or b"")
    if came_from not in (None, (row.locator, key.hex())):
        log.error("a reply was not sent: the return code of an inquiry was changed in the database")
        raise SenderChanged
    return X25519PublicKey.from_public_bytes(key)


def _address(delivery: Delivery, mail_to: str, page: str) -> None:
    """Seal the address to the delivery. Where our own key files fail, the reply is stored all the same.

    The delivery without an address fails at every try, so that staff and operator see that mail does not get
    through; the address still stands in the inquiry.
    """
    try:
        delivery.recipient = seal_recipient(mail_to, page, delivery.uuid)
    except OSError as error:
        log.error("the address of a mail could not be sealed (%s)", type(error).__name__)


def is_stored(form: UUID, kind: Message.Kind, text: str) -> bool:
    """Say whether this text of this form is an entry of the thread already."""
    return Message.objects.filter(locator=_locator(form, kind, text)).exists()


def add_note(inquiry: Inquiry, text: str, user: "User", *, form: UUID) -> None:
    """Store a note for colleagues, once for each form and text. No return code opens it. Raises Erased."""
    with transaction.atomic():
        row, locator = lock_inquiry(inquiry), _locator(form, Message.Kind.NOTE, text)
        if not Message.objects.filter(locator=locator).exists():
            _message(row, Message.Kind.NOTE, text, user, locator).save(force_insert=True)
            access_log.note(Action.NOTED, user, inquiry=row)


def record_attempt(inquiry: Inquiry, attempt: ContactAttempt, user: "User", *, form: UUID) -> None:
    """Store the record of a contact attempt, once for each form and text.

    Raises ReasonMissing when it went against the sender's preferences and has no reason, and Erased.
    """
    if attempt.against and not attempt.reason.strip():
        raise ReasonMissing
    action = Action.CONTACTED_AGAINST if attempt.against else Action.CONTACTED
    with transaction.atomic():
        row, text = lock_inquiry(inquiry), attempt.to_json()
        locator = _locator(form, Message.Kind.CONTACT_ATTEMPT, text)
        if not Message.objects.filter(locator=locator).exists():
            wait_since_receipt(row)  # a colleague who tries to reach the sender takes them for a person
            _message(row, Message.Kind.CONTACT_ATTEMPT, text, user, locator).save(force_insert=True)
            if attempt.is_conversation:
                stop_waiting(row)
                _drop_step(row, user)
            access_log.note(action, user, inquiry=row)


def set_next_step(
    inquiry: Inquiry, step: NextStep, user: "User", *, form: UUID, against: Collection[str] = (), reason: str = ""
) -> bool:
    """Store the next step in place of the last one, once for each form and step.

    A plan is no answer: the sender waits on. Return whether a promised call ended with it, so that the sender
    waits for it again. The reason for a step `against` the sender's preferences stands first in its words. Raises
    ReasonMissing when there is none, and Erased.
    """
    if against and not reason.strip():
        raise ReasonMissing
    if against:
        step = step.with_reason(reason)
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        is_new = _store_step(row, step, user, form)
        return is_new and not keeps_promise(step, row.next_step_at) and end_promise(row)


def finish_step(inquiry: Inquiry, user: "User") -> bool:
    """Take the next step away, because it is done or not needed. A second press changes nothing. Raises Erased.

    Return whether it was a promised call, for which the sender waits again, as no conversation is written down.
    """
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        _drop_step(row, user)
        return end_promise(row)


def _store_step(inquiry: Inquiry, step: NextStep, user: "User", form: UUID) -> bool:
    text = step.to_json()
    locator = _locator(form, Message.Kind.NEXT_STEP, text)
    if Message.objects.filter(locator=locator).exists():
        return False
    _message(inquiry, Message.Kind.NEXT_STEP, text, user, locator).save(force_insert=True)
    Inquiry.objects.filter(pk=inquiry.pk).update(next_step_at=step.at, next_step_owner=step.owner)
    access_log.note(Action.STEP_SET, user, inquiry=inquiry)
    return True


def _drop_step(inquiry: Inquiry, user: "User") -> None:
    steps = Inquiry.objects.filter(pk=inquiry.pk, next_step_at__isnull=False)
    if steps.update(next_step_at=None, next_step_owner=None):
        access_log.note(Action.STEP_DONE, user, inquiry=inquiry)


def _message(inquiry: Inquiry, kind: Message.Kind, text: str, user: "User", locator: str) -> Message:
    key, public = sealing_key()
    message = Message(inquiry=inquiry, kind=kind, key=key, author=user, locator=locator)
    message.sealed = seal(text.encode(), public, message.id, Message.SEALED_FIELD)
    return message


def _locator(form: UUID, kind: Message.Kind, text: str) -> str:
    # The form's number is random and never stored, so that a reader of the database cannot try out texts.
    return derive(form.bytes, kind.value.encode() + b" " + text.encode(), 16).hex()
