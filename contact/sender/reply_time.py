"""How long senders have waited for a reply: the inbox's own median, so that the site promises nothing."""

import math
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Min
from django.utils.translation import ngettext

from contact.models import Message

RECENT = timedelta(days=90)
FEWEST = 10  # below this, one case would weigh too much, and could be recognised
MOST = 1000
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def median_reply_time(now: datetime) -> timedelta | None:
    """Return the median time from receipt to the first reply, of the inquiries first replied to lately."""
    replies = Message.objects.filter(kind=Message.Kind.REPLY).order_by().values("inquiry")
    answered = replies.annotate(first=Min("written_at")).filter(first__gte=now - RECENT).order_by("-first")
    waits = sorted(
        first - received for first, received in answered.values_list("first", "inquiry__received_at")[:MOST]
    )
    return waits[len(waits) // 2] if len(waits) >= FEWEST else None


def format_reply_time(now: datetime) -> str:
    """Return the median in words, rounded up to whole hours or days; "" when there are too few replies."""
    try:
        median = median_reply_time(now)
    except DatabaseError:
        return ""  # the inquiry is stored, so its receipt must not fail over this
    if median is None:
        return ""
    if median <= DAY:
        hours = max(1, math.ceil(median / HOUR))
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = math.ceil(median / DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
