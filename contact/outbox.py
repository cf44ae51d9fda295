"""Telling staff that an inquiry waits, or a sender that an answer does: at least once, never with a word of it.

A row is claimed with one conditional UPDATE that leases it for a while, so several processes can share
the work. It is marked sent *after* the mail server has accepted: a process that dies in between leaves
a lease that runs out, and the mail goes again with the same Message-ID. Nothing is ever given up.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.deliverer_key import open_recipient
from contact.models import Delivery

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than the slowest exchange that EMAIL_TIMEOUT allows
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)


def deliver_due() -> int:
    """Send what is due; return how many mails the server accepted."""
    waiting = _due(timezone.now()).order_by("not_before", "pk").values_list("pk", flat=True)
    return sum(_deliver(pk) for pk in list(waiting))


def _due(now: datetime) -> QuerySet[Delivery]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return Delivery.objects.filter(free, sent_at__isnull=True, not_before__lte=now)


def _deliver(pk: int) -> bool:
    """Claim one row and send it; False when another process has it or the server did not accept."""
    now = timezone.now()
    if not _due(now).filter(pk=pk).update(leased_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    delivery = Delivery.objects.get(pk=pk)
    try:
        _message(delivery).send()
    except Exception as error:  # whatever a mail server or the network comes up with: try again later
        _put_off(delivery, error)
        return False
    _mark_sent(delivery)
    return True


def _message(delivery: Delivery) -> EmailMessage:
    if delivery.kind == Delivery.Kind.ANSWER:
        return _to_sender(delivery)
    subject, template = {
        Delivery.Kind.NEW_INQUIRY.value: (gettext_lazy("A new inquiry is waiting"), "email/new_inquiry.txt"),
        Delivery.Kind.NEW_MESSAGE.value: (gettext_lazy("Somebody has written more"), "email/new_message.txt"),
    }[delivery.kind]
    with translation.override(settings.LANGUAGE_CODE):
        return _mail(delivery, str(subject), render_to_string(template), settings.INQUIRY_NOTIFY)


def _to_sender(delivery: Delivery) -> EmailMessage:
    """One fixed line and where to use the code: others may read this mail, or see it on a locked screen."""
    address, page = open_recipient(bytes(delivery.recipient or b""), delivery.uuid)
    with translation.override(delivery.inquiry.language):
        body = render_to_string("email/answer.txt", {"page": page})
        mail = _mail(delivery, _("An answer for you"), body, [address])
    mail.from_email = settings.ANSWER_FROM_EMAIL
    return mail


def _mail(delivery: Delivery, subject: str, body: str, to: list[str]) -> EmailMessage:
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=to, headers=headers)


def _put_off(delivery: Delivery, error: Exception) -> None:
    kind = type(error).__name__  # the class only: a server's answer may quote anything
    log.warning("mail %s was not accepted (%s), attempt %s", delivery.pk, kind, delivery.attempts)
    wait = min(FIRST_RETRY * 2 ** min(delivery.attempts - 1, 20), LAST_RETRY)
    Delivery.objects.filter(pk=delivery.pk).update(
        not_before=timezone.now() + wait, leased_until=None, last_error=kind[:100]
    )


def _mark_sent(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        sent_at=timezone.now(), leased_until=None, last_error="", recipient=None
    )
