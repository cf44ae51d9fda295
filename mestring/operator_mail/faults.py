"""A fault of the site, told to the operator without content: which error, where in our code, when, which request.

The process that met it writes a row, and the delivery process mails it: a mail server that is slow holds no
visitor up, and what all processes met is counted in one place. One mail in PAUSE at most, with every kind of fault
since the last; of one kind the first in PAUSE is named. What fails while the database is away leaves no row: the
log, a red /readyz and what watches them remain (docs/operators.md).
"""

import logging
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error, InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contact.sender.faults import met as met_by_sender
from mestring.logs.redaction import class_of, place_in_our_code
from mestring.logs.request_number import request_number
from mestring.operator_mail.sending import NoOperator, mail_operator
from mestring.release import release_name

if TYPE_CHECKING:
    from mestring.staff.models import Fault

log = logging.getLogger("mestring.staff")  # operators filter by this name (docs/operators.md)
PAUSE = timedelta(minutes=10)  # so six mails an hour at most
MOST_KINDS = 50  # in one mail, and rows that wait
KEPT = timedelta(days=1)


def note_fault(error: BaseException) -> None:
    """Write down a fault for the operator, unless one of its kind was in the last PAUSE. Raises nothing."""
    from mestring.staff.models import Fault  # this is imported before there are models

    # The database is away or locked: to ask it once more would make each visitor wait twice.
    if not settings.OPERATOR_MAIL or isinstance(error, OperationalError | InterfaceError):
        return
    now = timezone.now()
    kind = f"{class_of(type(error))} {place_in_our_code(error.__traceback__)}".strip()[:300]
    with suppress(Error):
        if Fault.objects.filter(kind=kind, at__gt=now - PAUSE, at__lte=now).exists():
            return
        said = {"at": now, "number": request_number(), "release": release_name(), "told_at": None}
        # Of many processes at once, one changes the row, or makes it; the others find it done.
        known = Fault.objects.filter(kind=kind).exclude(at__gt=now - PAUSE, at__lte=now).update(**said)
        if not known and Fault.objects.count() < MOST_KINDS:
            Fault.objects.bulk_create([Fault(kind=kind, not_before=now, **said)], ignore_conflicts=True)


def send_due() -> bool:
    """Mail the operator what was not told yet; say whether the mail server took it. If not, PAUSE is waited."""
    from mestring.staff.models import Fault

    now = timezone.now()
    Fault.objects.filter(at__lt=now - KEPT).exclude(told_at=None).delete()
    if Fault.objects.filter(not_before__gt=now, not_before__lte=now + PAUSE).exists():
        return False
    waiting = Fault.objects.filter(told_at=None).order_by("at")
    keys = list(waiting.values_list("pk", flat=True))
    # One statement claims them, so that of two delivery processes one sends; what it fails to send waits as long.
    free = waiting.order_by().filter(pk__in=keys).exclude(not_before__gt=now, not_before__lte=now + PAUSE)
    if not keys or not free.update(not_before=now + PAUSE):
        return False
    claimed = list(Fault.objects.filter(pk__in=keys, not_before=now + PAUSE).order_by("at"))
    try:
        with translation.override(settings.LANGUAGE_CODE):
            mail_operator(_("A fault on the website"), _text(claimed))
    except (OSError, SMTPException, NoOperator) as failed:
        log.warning("mail to the operator was not accepted (%s)", type(failed).__name__)
        return False
    Fault.objects.filter(pk__in=[fault.pk for fault in claimed], at__lte=now).update(told_at=now)
    return True


def _text(faults: "list[Fault]") -> str:
    words = [_("The website met a fault and showed an error page in its place."), ""]
    for fault in faults:
        words += [
            f"{_moment(fault.at)} – {fault.kind}",
            _("Fault no. %(number)s, release %(release)s") % {"number": fault.number, "release": fault.release},
            "",
        ]
    words += [
        _("On the machine: journalctl -u mestringshusene-web -o cat | grep NUMBER"),
        _("The next mail about faults comes in ten minutes at the earliest, and names the first of each kind."),
    ]
    return "\n".join(words) + "\n"


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S %Z")


def note_faults_of_requests() -> None:
    """Connect to the signals of an error that nothing caught, and of one that a sender's page explains."""
    got_request_exception.connect(_note, dispatch_uid="the operator hears of it")
    met_by_sender.connect(_note, dispatch_uid="the operator hears of it")


def _note(**_signal: object) -> None:
    if error := sys.exc_info()[1]:
        note_fault(error)
