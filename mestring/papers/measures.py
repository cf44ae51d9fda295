"""The numbers and switches that the papers name, each from where the program itself reads it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings

from contact.crypto.passphrase import SHORTEST
from contact.exports.case_table import MOST_OPENED
from contact.keys.key_holders import server_holds_a_grant
from contact.retention import durations, erasure_requests, quarterly_statistics
from contact.retention.durations import format_period
from contact.sender.intake import SAME_RECEIPT
from contact.unlocking import unlocking
from mestring.backup.watch.drills import last_drill
from mestring.staff.login import session_times, throttle


def measures() -> dict[str, Any]:
    """Return them by name. Switches and numbers say nothing that is secret."""
    periods: dict[str, timedelta | Callable[[], timedelta]] = {
        "closed_case": durations.closed_case,
        "spam": durations.spam,
        "longest_pause": durations.longest_pause,
        "erasing_grace": erasure_requests.GRACE,
        "code_shown": SAME_RECEIPT,
        "unlocked_idle": unlocking.IDLE,
        "unlocked_longest": unlocking.LONGEST,
        "login_idle": session_times.IDLE,
        "login_idle_with_people": session_times.IDLE_WITH_PEOPLE,
        "login_longest": session_times.LONGEST,
    }
    return {
        **{name: format_period(period) for name, period in periods.items()},
        "is_demo": settings.MODE == "demo",
        "server_opens": server_holds_a_grant(),
        "behind_https": settings.BEHIND_HTTPS,
        "second_step": settings.SECOND_FACTOR_REQUIRED,
        "sign_on": bool(settings.SIGN_ON_ISSUER),
        "checks_links": settings.CHECK_LINKS,
        "clinical_gate": settings.CLINICAL_GATE,
        "backups": bool(settings.BACKUP_KEY),
        "last_drill": last_drill(),
        "escalation_days": settings.INQUIRY_ESCALATION_DAYS,
        "inquiries_per_hour": settings.INQUIRIES_PER_HOUR,
        "erased_a_day": erasure_requests.MOST_A_DAY,
        "most_opened": MOST_OPENED,
        "small": quarterly_statistics.SMALL,
        "password_tries": throttle.HERE.free,
        "shortest_passphrase": SHORTEST,
    }
