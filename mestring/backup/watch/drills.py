"""The restoring drill: a person's work with the offline key, of which the site reminds twice a year."""

import smtplib
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from mestring.backup.watch.models import BackupNight, RestoreDrill

EVERY = timedelta(days=183)
AGAIN = timedelta(days=30)  # from one reminder to the next


def last_drill() -> date | None:
    """Return the day of the newest drill."""
    return RestoreDrill.objects.values_list("done_on", flat=True).order_by("-done_on").first()


def is_drill_due() -> bool:
    """Say whether it was longer ago than half a year, or never."""
    done_on = last_drill()
    return done_on is None or timezone.localdate() - done_on > EVERY


def remind_operator(night: BackupNight) -> None:
    """Mail the operator when a drill is due, at most once a month. A mail not taken is tried the next night."""
    reminded = BackupNight.objects.filter(reminded=True, at__gt=timezone.now() - AGAIN)
    if not settings.OPERATOR_MAIL or not is_drill_due() or reminded.exists():
        return
    text = _(
        "It is time to restore a backup on another machine, with the offline key: docs/operators.md, “Backup and "
        "restore”. Afterwards, note it: manage.py note_drill --who NAME, or let an administrator do it under "
        "“Restoring drills”."
    )
    mail = EmailMessage(_("Time for a restoring drill"), f"{text}\n", to=[settings.OPERATOR_MAIL])
    try:
        mail.send()
    except (OSError, smtplib.SMTPException):
        return
    night.reminded = True
    night.save(update_fields=["reminded"])
