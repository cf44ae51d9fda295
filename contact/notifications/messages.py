"""Who gets which mail, and its words: INQUIRY_NOTIFY about inquiries, a sender about an answer.

OPERATOR_MAIL gets that of the nightly rehearsal.

No mail has a name, a subject, a reference or a word of the content. Others may read it, or see it on a locked
screen.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contact.cases.deadlines import inquiries_open_too_long, overdue_inquiries, overdue_steps
from contact.cases.unread import unread_inquiries
from contact.crypto.recipient_key import open_recipient
from contact.models import Delivery
from contact.rehearsal.state import last_week

Kind = Delivery.Kind


def message_to_staff(deliveries: list[Delivery]) -> EmailMessage | None:
    """Return one mail for all these deliveries; None for a reminder when there is nothing to remind of."""
    kinds, unread = {one.kind for one in deliveries}, unread_inquiries().count()
    late = count_late() if Kind.REMINDER in kinds else {}
    rehearsed = last_whole_week() if any(is_weekly(one.day) for one in deliveries if one.day) else None
    if kinds == {Kind.REMINDER} and not unread and not any(late.values()) and rehearsed is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        if Kind.NEW_INQUIRY in kinds:
            subject = _("A new inquiry is waiting")
        elif Kind.NEW_MESSAGE in kinds:
            subject = _("A sender has written more")
        else:
            subject = _reminder_subject(unread, late, rehearsed)
        context: dict[str, Any] = {"new": Kind.NEW_INQUIRY in kinds, "more": Kind.NEW_MESSAGE in kinds}
        context |= {"unread": unread, **late, "days": settings.INQUIRY_ESCALATION_DAYS, "rehearsed": rehearsed}
        body = render_to_string("email/to_staff.txt", context)
        return _message(deliveries, subject, body, settings.INQUIRY_NOTIFY)


def message_to_sender(deliveries: list[Delivery]) -> EmailMessage:
    """Return the mail about one answer: a fixed line, and the page on which the sender enters the code."""
    [delivery] = deliveries
    address, page = open_recipient(bytes(delivery.recipient or b""), delivery.uuid)
    with translation.override(delivery.inquiry.language if delivery.inquiry else None):
        body = render_to_string("email/answer.txt", {"page": page})
        mail = _message(deliveries, _("An answer for you"), body, [address])
    mail.from_email = settings.ANSWER_FROM_EMAIL
    return mail


def message_to_operator(deliveries: list[Delivery]) -> EmailMessage:
    """Return the mail about a rehearsal: that the mail server takes it is what is rehearsed."""
    with translation.override(settings.LANGUAGE_CODE):
        body = _("The website has sent itself a trial inquiry, as it does each night. You need do nothing.")
        return _message(deliveries, _("The nightly trial of the website"), f"{body}\n", [settings.OPERATOR_MAIL])


def count_late() -> dict[str, int]:
    """Return how many senders, steps and cases the reminder of the morning names, beside what is unread."""
    now = timezone.now()
    return {
        "steps": overdue_steps(now).count(),
        "unanswered": overdue_inquiries(now).count(),
        "overlong": inquiries_open_too_long().count(),
    }


def is_weekly(day: date) -> bool:
    """Say whether the reminder of this day also tells how the week's rehearsals went: on Mondays."""
    return day.weekday() == 0


def last_whole_week() -> datetime | None:
    """Return when the last trial inquiry arrived, after a week in which each did; None after any other week."""
    week = last_week(timezone.now())
    return week.last if week and week.is_whole else None


def _reminder_subject(unread: int, late: dict[str, int], rehearsed: datetime | None) -> str:
    """Return the subject about what is most urgent."""
    if unread:
        text = ngettext("%(count)d inquiry has not been read", "%(count)d inquiries have not been read", unread)
        return text % {"count": unread}
    if count := late["steps"] + late["unanswered"]:
        text = ngettext("%(count)d thing in the inbox is late", "%(count)d things in the inbox are late", count)
        return text % {"count": count}
    if rehearsed and not late["overlong"]:
        return _("The trial inquiries arrived every night")
    text = ngettext(
        "%(count)d inquiry has been open for long",
        "%(count)d inquiries have been open for long",
        late["overlong"],
    )
    return text % {"count": late["overlong"]}


def _message(deliveries: list[Delivery], subject: str, body: str, to: list[str]) -> EmailMessage:
    headers = {"Message-ID": _message_id(deliveries, subject, body)}
    # Neither is answered by an absence reply, which would carry a sender's name: Exchange knows the second alone.
    headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage(subject=subject, body=body, to=to, headers=headers)


def _message_id(deliveries: list[Delivery], subject: str, body: str) -> str:
    """Return the same for the same deliveries and words, and another for any others.

    Mail servers drop a mail whose Message-ID they have had. So a mail that is sent again is one mail, and a mail
    that says more than an earlier one, whose acceptance was lost on the way, arrives.
    """
    known = [one.message_id for one in deliveries]  # random, so that the digest tells nothing of the words
    digest = sha256("\n".join([*known, subject, body]).encode()).hexdigest()
    return f"<{digest[:32]}@{known[0].rpartition('@')[2]}"
