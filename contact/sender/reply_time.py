"""How long people have waited for an answer here: the inbox's own median, so that nothing is promised."""

import math
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Min
from django.utils.translation import ngettext

from contact.models import Message

RECENT = timedelta(days=90)
FEWEST = 10  # under this, one case would tell too much, and say too little
MOST = 1000
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def median(now: datetime) -> timedelta | None:
    """Return the middle time from receipt to the first reply, of what was first answered lately."""
    replies = Message.objects.filter(kind=Message.Kind.REPLY).order_by().values("inquiry")
    answered = replies.annotate(first=Min("written_at")).filter(first__gte=now - RECENT).order_by("-first")
    waits = sorted(
        first - received for first, received in answered.values_list("first", "inquiry__received_at")[:MOST]
    )
    return waits[len(waits) // 2] if len(waits) >= FEWEST else None


def spoken(now: datetime) -> str:
    """Return the median in words, rounded up to whole hours or days; nothing where there is none."""
    try:
        waited = median(now)
    except DatabaseError:
        return ""  # a receipt must not fail over this: what it stands for is stored
    if waited is None:
        return ""
    if waited <= DAY:
        hours = max(1, math.ceil(waited / HOUR))
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = math.ceil(waited / DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
