"""A reply: sealed to the inbox and to its sender, who may be told by mail that it has come."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.db import transaction

from contact.audit import access_log
from contact.cases.deadlines import owe_call, stop_waiting
from contact.cases.next_step import NextStep
from contact.cases.reading import sealed_sender
from contact.cases.reply_marks import reply_mark
from contact.cases.unread import UnseenEntry, newest_entry
from contact.cases.writing.entries import locator_of, new_entry
from contact.cases.writing.steps import store_step
from contact.crypto.recipient_key import seal_recipient
from contact.crypto.sealing import seal
from contact.keys.key_holders import open_with_server_grant
from contact.keys.keyring import Opener
from contact.models import AccessEntry, Delivery, Inquiry, Message
from contact.retention.erasure import lock_inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
log = logging.getLogger("contact.keys")  # operators filter by this name (docs/operators.md)


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
        row, locator = lock_inquiry(inquiry), locator_of(form, Message.Kind.REPLY, text)
        sender = _sender_of(row, came_from)
        if Message.objects.filter(locator=locator).exists():
            return
        if newest_entry(row) != seen:
            raise UnseenEntry
        message = new_entry(row, Message.Kind.REPLY, text, user, locator)
        message.sealed_to_sender = seal(text.encode(), sender, message.id, Message.SENDER_FIELD)
        message.mark = reply_mark(opener(inquiry.key), sender.public_bytes_raw(), message.id, text)
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
            store_step(row, step, user, form)


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
