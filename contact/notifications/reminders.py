"""The daily reminder to staff of what is unread, late or open too long: a delivery like the others.

On Mondays it also says that the trial inquiries of the week arrived, and goes out for that alone. A Monday without
that line is how a colleague notices that they did not.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from contact.cases.deadlines import inquiries_open_too_long, overdue_inquiries, overdue_steps
from contact.cases.unread import unread_inquiries
from contact.models import Delivery
from contact.notifications.messages import is_weekly, last_whole_week

REMIND_AT = time(8)  # the clinic's time
KEPT_FOR = timedelta(days=30)


def plan_reminder(now: datetime) -> None:
    """Put today's reminder into the outbox once, when there is something to remind of; delete old reminders."""
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    # Staff have had a mail about what came today.
    reasons = (
        unread_inquiries().filter(received_at__lt=midnight),
        overdue_steps(now),
        overdue_inquiries(now),
        inquiries_open_too_long(),
    )
    if local.time() >= REMIND_AT and (
        any(rows.exists() for rows in reasons) or (is_weekly(local.date()) and last_whole_week())
    ):
        Delivery.objects.get_or_create(kind=Delivery.Kind.REMINDER, day=local.date())
    Delivery.objects.filter(day__lt=local.date() - KEPT_FOR).delete()
