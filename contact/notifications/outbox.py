"""The outbox: each mail is sent at least once, and retried until the mail server accepts it.

One conditional UPDATE claims a delivery and leases it for a while, so that several processes can share the work.
A delivery is marked sent *after* the mail server has accepted the mail. A process that dies in between leaves a
lease that expires; then the mail is sent again with the same Message-ID. Only mail to a sender is ever given up,
when the mail server says that the address does not exist: it is erased, and the case tells staff. Every other
refusal may be our own fault, such as a blocked or expired account, and erases nothing.

Staff get at most one mail in STAFF_PAUSE, for all deliveries of that time. Senders get one mail for each answer.
The operator gets one for each rehearsal (contact.rehearsal), which staff never hear of.
"""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from contact.audit import access_log
from contact.models import AccessEntry, Delivery, Inquiry
from contact.notifications.messages import message_to_operator, message_to_sender, message_to_staff
from contact.notifications.reminders import plan_reminder
from contact.retention.erasure import Erased, lock_inquiry

Compose = Callable[[list[Delivery]], EmailMessage | None]
Kind = Delivery.Kind
log = logging.getLogger("contact.outbox")  # operators filter by this name (docs/operators.md)

TO_STAFF = (Kind.NEW_INQUIRY, Kind.NEW_MESSAGE, Kind.REMINDER)
LEASE = timedelta(minutes=10)  # longer than the slowest exchange that contact/notifications/smtp.py allows
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=1)
STAFF_PAUSE = timedelta(minutes=10)
LATE = timedelta(minutes=15)  # a delivery that has waited longer is stuck
# The enhanced status codes (RFC 3463) that say that the recipient's address does not exist. Without such a code an
# answer may mean anything: "550 relay not permitted" is about us, and 5.1.7 and 5.1.8 are about our own address.
NO_SUCH_ADDRESS = re.compile(rb"5\.1\.(?:1|2|3|6|10)(?!\d)")


def deliver_due() -> int:
    """Send what is due; return how many mails the mail server accepted.

    Nothing is sent from a restored copy until an operator deletes the file MAIL_HELD: the site may be running
    elsewhere and have sent it, or the copy is a drill.
    """
    if is_held():
        return 0
    plan_reminder(timezone.now())
    one_by_one = {Kind.ANSWER: message_to_sender, Kind.REHEARSAL: message_to_operator}
    return sum(_send_each(kind, compose) for kind, compose in one_by_one.items()) + _notify_staff()


def is_held() -> bool:
    """Say whether this copy of the site was restored, and may not send mail yet."""
    return Path(settings.MAIL_HELD).exists()


def is_failing() -> bool:
    """Say whether mail fails: it was put off more than once, or no process sends any.

    One sender whose address is refused does not count: it may be wrong or closed. Two are our own fault. What
    becomes of a rehearsal's mail the operator hears from the rehearsal.
    """
    unsent = awaited_deliveries()
    put_off = Q(attempts__gt=1) & ~Q(last_error="")
    one_address = Q(kind=Kind.ANSWER, last_error=SMTPRecipientsRefused.__name__)
    stuck = (put_off & ~one_address) | Q(attempts=0, not_before__lte=timezone.now() - LATE)
    if unsent.filter(stuck).exists():
        return True
    refused = unsent.filter(put_off & one_address).values("inquiry").distinct().count()
    return refused > 1 or (refused == 1 and _refused_last() is not None)


def due_deliveries(now: datetime) -> QuerySet[Delivery]:
    """Return the deliveries that no process has leased and whose time has come."""
    # No lease and no delay is ever that long: a clock that ran ahead has written it.
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now) | Q(leased_until__gt=now + 2 * LEASE)
    ready = Q(not_before__lte=now) | Q(not_before__gt=now + 2 * LAST_RETRY)
    return unsent_deliveries().filter(free, ready)


def unsent_deliveries() -> QuerySet[Delivery]:
    """Return the deliveries that no mail server has accepted, and that were not given up."""
    return Delivery.objects.filter(sent_at__isnull=True, refused_at__isnull=True)


def awaited_deliveries() -> QuerySet[Delivery]:
    """Return the unsent deliveries that a person waits for."""
    return unsent_deliveries().exclude(kind=Kind.REHEARSAL)


def oldest_unsent() -> datetime | None:
    """Return when that was written about which a mail has waited longest to go."""
    written = Coalesce("about__written_at", "inquiry__received_at", "not_before")
    return cast(datetime | None, awaited_deliveries().aggregate(at=Min(written))["at"])


def claim_and_send(deliveries: QuerySet[Delivery], compose: Compose) -> bool:
    """Claim deliveries and send one mail for all of them.

    Return False when another process has them, or when the mail server did not accept the mail.
    """
    lease = timezone.now() + LEASE  # to the microsecond, so that it also identifies the claim
    if not deliveries.update(leased_until=lease, attempts=F("attempts") + 1):
        return False
    claimed = list(Delivery.objects.filter(leased_until=lease, sent_at__isnull=True).order_by("pk"))
    if not claimed:
        return False  # erased since the claim, together with the inquiry
    try:
        mail = compose(claimed)
        if mail:
            mail.send()
    except Exception as error:  # any failure of a mail server: try again later
        if claimed[0].kind == Kind.ANSWER and _is_permanent(error, claimed[0]):
            give_up(claimed)
        else:
            _retry_later(claimed, error)
        return False
    mark_sent(claimed)
    return mail is not None


def mark_sent(deliveries: list[Delivery]) -> None:
    """Record that the mail server has accepted the mail, and erase the sender's address."""
    Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(
        sent_at=timezone.now(), leased_until=None, last_error="", recipient=None
    )


def give_up(deliveries: list[Delivery]) -> None:
    """Erase the refused address, and tell staff so on the case and in its log."""
    for delivery in deliveries:
        log.warning("mail %s was refused for good", delivery.pk)
        with suppress(Erased), transaction.atomic():  # an erased case has no log to write to
            inquiry = lock_inquiry(cast(Inquiry, delivery.inquiry))
            Delivery.objects.filter(pk=delivery.pk).update(
                refused_at=timezone.now(), recipient=None, leased_until=None, last_error="SMTPRecipientsRefused"
            )
            access_log.note(AccessEntry.Action.MAIL_REFUSED, inquiry=inquiry)


def _send_each(kind: Delivery.Kind, compose: Compose) -> int:
    due = due_deliveries(timezone.now()).filter(kind=kind).order_by("not_before", "pk")
    return sum(claim_and_send(due.filter(pk=pk), compose) for pk in list(due.values_list("pk", flat=True)))


def _notify_staff() -> bool:
    now = timezone.now()
    to_staff = Delivery.objects.filter(kind__in=TO_STAFF)
    if to_staff.filter(sent_at__gt=now - STAFF_PAUSE, sent_at__lte=now).exists():
        return False
    return claim_and_send(due_deliveries(now).filter(kind__in=TO_STAFF), message_to_staff)


def _is_permanent(error: Exception, delivery: Delivery) -> bool:
    """Say whether the mail server knows that the recipient's address does not exist.

    It is not believed about two senders in a row: a server that is set up wrong says so of every address.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    if not all(500 <= code <= 599 and NO_SUCH_ADDRESS.match(text) for code, text in error.recipients.values()):
        return False
    return _refused_last() in (None, delivery.inquiry_id)


def _refused_last() -> UUID | None:
    """Return the inquiry whose address was refused for good, unless mail to a sender has been accepted since."""
    ended = Delivery.objects.filter(kind=Kind.ANSWER).annotate(ended=Coalesce("refused_at", "sent_at"))
    last = ended.filter(ended__isnull=False).order_by("-ended", "-pk").first()
    return last.inquiry_id if last and last.refused_at else None


def _retry_later(deliveries: list[Delivery], error: Exception) -> None:
    # Only the error's class is stored and logged: the text of a mail server's answer may quote the address.
    name, attempts = type(error).__name__, deliveries[0].attempts
    log.warning("mail %s was not accepted (%s), attempt %s", deliveries[0].pk, name, attempts)
    wait = min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LAST_RETRY)
    Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(
        not_before=timezone.now() + wait, leased_until=None, last_error=name[:100]
    )
