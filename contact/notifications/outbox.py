"""Telling staff that an inquiry waits, or a sender that an answer does: at least once, never with a word of it.

A row is claimed with one conditional UPDATE that leases it for a while, so several processes can share
the work. It is marked sent *after* the mail server has accepted: a process that dies in between leaves
a lease that runs out, and the mail goes again with the same Message-ID. Nothing is ever given up but the mail
to a sender whose address the mail server refuses for good: it is erased then, and staff see that on the case.

Staff are told at most once in STAFF_PAUSE: one mail for all that has come meanwhile, under the Message-ID of the
oldest. Senders get one mail for each answer. Once a day staff are reminded of what nobody has read, and of what
has been open for very long.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from smtplib import SMTPRecipientsRefused
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contact.audit import access_log
from contact.cases.deadlines import inquiries_open_too_long
from contact.cases.unread import unread_inquiries
from contact.keys.recipient_key import open_recipient
from contact.models import AccessEntry, Delivery, Inquiry
from contact.retention.erasure import Erased, locked

Kind = Delivery.Kind
_ABOUT_ADDRESS = re.compile(rb"5\.[12]\.|(?!\d\.\d+\.\d)")  # the beginning of a mail server's answer
log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than the slowest exchange that EMAIL_TIMEOUT allows
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)
STAFF_PAUSE = timedelta(minutes=10)
LATE = timedelta(minutes=15)  # what has waited longer is not getting through
REMIND_AT = time(8)  # the clinic's time
REMINDERS_KEPT = timedelta(days=30)


def deliver_due() -> int:
    """Send what is due; return how many mails the server accepted."""
    _plan_reminder(timezone.now())
    answers = _due(timezone.now()).filter(kind=Kind.ANSWER).order_by("not_before", "pk")
    sent = sum(_deliver(answers.filter(pk=pk), _to_sender) for pk in list(answers.values_list("pk", flat=True)))
    return sent + _tell_staff()


def is_failing() -> bool:
    """Say whether mail does not get through: staff's was refused more than once, or nobody is sending any.

    What is refused for one sender says nothing about the rest: that address may be wrong or gone.
    """
    refused = Q(attempts__gt=1) & ~Q(last_error="") & ~Q(kind=Kind.ANSWER)
    stuck = refused | Q(attempts=0, not_before__lte=timezone.now() - LATE)
    return Delivery.objects.filter(stuck, sent_at__isnull=True).exists()


def _plan_reminder(now: datetime) -> None:
    today, begun = (
        timezone.localdate(now),
        timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0),
    )
    # Of what came in today staff have just been told.
    waiting = (unread_inquiries().filter(received_at__lt=begun), inquiries_open_too_long())
    if timezone.localtime(now).time() >= REMIND_AT and any(rows.exists() for rows in waiting):
        Delivery.objects.get_or_create(kind=Kind.REMINDER, day=today)
    Delivery.objects.filter(day__lt=today - REMINDERS_KEPT).delete()


def _tell_staff() -> bool:
    now = timezone.now()
    ours = Delivery.objects.exclude(kind=Kind.ANSWER)
    if ours.filter(sent_at__gt=now - STAFF_PAUSE, sent_at__lte=now).exists():
        return False
    return _deliver(_due(now).exclude(kind=Kind.ANSWER), _to_staff)


def _due(now: datetime) -> QuerySet[Delivery]:
    # Nobody leases or puts off for that long: it was written by a clock that ran ahead.
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now) | Q(leased_until__gt=now + 2 * LEASE)
    ready = Q(not_before__lte=now) | Q(not_before__gt=now + 2 * LAST_RETRY)
    return Delivery.objects.filter(free, ready, sent_at__isnull=True, refused_at__isnull=True)


def _deliver(rows: QuerySet[Delivery], message: Callable[[list[Delivery]], EmailMessage | None]) -> bool:
    """Claim rows and send one mail for all; False when another process has them or the server did not accept."""
    lease = timezone.now() + LEASE  # to the microsecond, so it also tells whose claim it is
    if not rows.update(leased_until=lease, attempts=F("attempts") + 1):
        return False
    claimed = list(Delivery.objects.filter(leased_until=lease, sent_at__isnull=True).order_by("pk"))
    if not claimed:
        return False  # erased in this very moment, with its inquiry
    try:
        mail = message(claimed)
        if mail:
            mail.send()
    except Exception as error:  # whatever a mail server or the network comes up with: try again later
        if claimed[0].kind == Kind.ANSWER and _is_final(error):
            _give_up(claimed)
        else:
            _put_off(claimed, error)
        return False
    _mark_sent(claimed)
    return mail is not None


def _to_staff(rows: list[Delivery]) -> EmailMessage | None:
    """One mail for all these rows; none when all it could say is that nothing waits any more."""
    kinds, count = {row.kind for row in rows}, unread_inquiries().count()
    overdue = inquiries_open_too_long().count() if Kind.REMINDER in kinds else 0
    if kinds == {Kind.REMINDER} and not count and not overdue:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        if Kind.NEW_INQUIRY in kinds:
            subject = _("A new inquiry is waiting")
        elif Kind.NEW_MESSAGE in kinds:
            subject = _("Somebody has written more")
        else:
            subject = _of_reminder(count, overdue)
        context = {"new": Kind.NEW_INQUIRY in kinds, "more": Kind.NEW_MESSAGE in kinds, "unread": count}
        context |= {"overdue": overdue, "days": settings.INQUIRY_ESCALATION_DAYS}
        return _mail(rows[0], subject, render_to_string("email/to_staff.txt", context), settings.INQUIRY_NOTIFY)


def _of_reminder(count: int, overdue: int) -> str:
    if count:
        words = ngettext("%(count)d inquiry has not been read", "%(count)d inquiries have not been read", count)
        return words % {"count": count}
    words = ngettext(
        "%(count)d inquiry has been open for long", "%(count)d inquiries have been open for long", overdue
    )
    return words % {"count": overdue}


def _to_sender(rows: list[Delivery]) -> EmailMessage:
    """One fixed line and where to use the code: others may read this mail, or see it on a locked screen."""
    [delivery] = rows
    address, page = open_recipient(bytes(delivery.recipient or b""), delivery.uuid)
    with translation.override(delivery.inquiry.language if delivery.inquiry else None):
        body = render_to_string("email/answer.txt", {"page": page})
        mail = _mail(delivery, _("An answer for you"), body, [address])
    mail.from_email = settings.ANSWER_FROM_EMAIL
    return mail


def _mail(delivery: Delivery, subject: str, body: str, to: list[str]) -> EmailMessage:
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=to, headers=headers)


def _is_final(error: Exception) -> bool:
    """Say whether the server knows that there is no such mailbox (RFC 3463: 5.1, 5.2, or no more than 5xx).

    All else may be better tomorrow: our own server may not send there (5.7), the way is broken (5.4).
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    answers = error.recipients.values()
    return all(500 <= code <= 599 and _ABOUT_ADDRESS.match(words) for code, words in answers)


def _give_up(rows: list[Delivery]) -> None:
    """Erase the address and tell staff, on the case and in its log."""
    for row in rows:
        log.warning("mail %s was refused for good", row.pk)
        with suppress(Erased), transaction.atomic():  # erased meanwhile: nothing is left to tell about
            inquiry = locked(cast(Inquiry, row.inquiry))
            Delivery.objects.filter(pk=row.pk).update(
                refused_at=timezone.now(), recipient=None, leased_until=None, last_error="SMTPRecipientsRefused"
            )
            access_log.note(AccessEntry.Action.MAIL_REFUSED, inquiry=inquiry)


def _put_off(rows: list[Delivery], error: Exception) -> None:
    kind, attempts = type(error).__name__, rows[0].attempts  # the class only: a server's answer may quote anything
    log.warning("mail %s was not accepted (%s), attempt %s", rows[0].pk, kind, attempts)
    wait = min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LAST_RETRY)
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        not_before=timezone.now() + wait, leased_until=None, last_error=kind[:100]
    )


def _mark_sent(rows: list[Delivery]) -> None:
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        sent_at=timezone.now(), leased_until=None, last_error="", recipient=None
    )
