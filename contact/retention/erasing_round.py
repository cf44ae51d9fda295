"""The round that erases what is no longer needed; the delivery process runs it every hour.

It erases the inquiries that are due by the schedule, and the tombstones, months of the access log and sessions
whose time is over. It refuses when something looks wrong, because what is erased cannot be brought back. Then an
operator decides (`erase_expired --even-so`).
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.hash_chain import drop_expired_months, expired_months
from contact.models import AccessEntry, ErasingRound, Inquiry, Tombstone
from contact.retention import durations, schedule
from contact.retention.erasure import Erased, erase
from contact.retention.erasure_requests import carry_out_requests
from contact.retention.quarterly_statistics import close_quarters

Outcome = ErasingRound.Outcome
CLOCK_SLACK = timedelta(minutes=5)  # machines that share a database never agree quite
LATE = timedelta(days=2)  # a round is due every hour
FEW = 20  # so many may always go at once
LARGEST_SHARE = 0.05  # of all inquiries


class ErasingRefused(Exception):
    """Something looks wrong, so nothing was erased."""

    def __init__(self, outcome: ErasingRound.Outcome) -> None:
        super().__init__(outcome.label)
        self.outcome = outcome


@dataclass(frozen=True)
class DueCounts:
    """How many of what a round would erase, and how many it would leave because they are held."""

    closed: int
    quarantined: int
    held: int
    months: int
    doubt: str  # why a round would refuse, in words


def erase_expired(*, even_so: bool = False) -> int:
    """Erase everything whose time is over; return how many inquiries. Raises ErasingRefused."""
    now = timezone.now()
    # Also in a round that refuses: nothing is lost with a session, and its row tells who was logged in.
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    last = _last_round(now)
    last.tried_at = now
    last.outcome = Outcome.DONE if even_so else _doubt(now, last)
    # How many inquiries are due says nothing against what colleagues have asked for one by one, nor against what
    # goes by its age alone. A clock that is wrong does.
    asked = 0
    if last.outcome in (Outcome.DONE, Outcome.TOO_MANY):
        asked = carry_out_requests(now)
        _forget_old_traces(now)
    if last.outcome != Outcome.DONE:
        _write(last)
        raise ErasingRefused(Outcome(last.outcome))
    close_quarters(now)
    erased = asked + _erase(now)
    last.done_at = now
    _write(last)
    return erased


def count_due() -> DueCounts:
    """Count what a round would erase now, and erase nothing."""
    now = timezone.now()
    closed, spam = schedule.expired_closed(now).count(), schedule.expired_spam(now).count()
    doubt = _doubt(now, _last_round(now))
    return DueCounts(
        closed=closed,
        quarantined=spam,
        held=schedule.count_held(),
        months=len(expired_months(now)),
        doubt=str(doubt.label) if doubt != Outcome.DONE else "",
    )


def reason_stopped() -> str:
    """Return why nothing is being erased, in words, or nothing when all is well."""
    last = stored_round()
    if last is None:
        return ""
    if last.outcome != Outcome.DONE:
        return last.get_outcome_display()
    # A round that broke off leaves no outcome; nor does a delivery process that does not run.
    if last.done_at and timezone.now() - last.done_at > LATE:
        return _("The last round that was finished is more than two days ago.")
    return ""


def stored_round() -> ErasingRound | None:
    """Return how the last round ended; None before the first."""
    return ErasingRound.objects.filter(pk=1).first()


def _last_round(now: datetime) -> ErasingRound:
    """Return the row of the last round, with how many inquiries would be erased now."""
    last = stored_round() or ErasingRound(pk=1)
    last.due = schedule.expired_closed(now).count() + schedule.expired_spam(now).count()
    return last


def _write(last: ErasingRound) -> None:
    """Write how the round ended; another process may have made the row since it was looked for."""
    columns = ("done_at", "tried_at", "outcome", "due")
    ErasingRound.objects.update_or_create(pk=1, defaults={name: getattr(last, name) for name in columns})


def _doubt(now: datetime, last: ErasingRound) -> ErasingRound.Outcome:
    """Return what looks wrong, or that nothing does."""
    newest = AccessEntry.objects.aggregate(at=Max("at"))["at"]
    if newest and now < newest - CLOCK_SLACK:
        return Outcome.CLOCK_BEHIND
    if last.done_at and now > last.done_at + durations.longest_pause():
        return Outcome.CLOCK_AHEAD
    if last.due > FEW and last.due > LARGEST_SHARE * Inquiry.objects.count():
        return Outcome.TOO_MANY
    return Outcome.DONE


def _erase(now: datetime) -> int:
    erased = 0
    for rows in (schedule.expired_closed(now), schedule.expired_spam(now)):
        for inquiry in rows.only("id"):
            with suppress(Erased):  # reopened, held or erased a moment ago by another request
                erase(inquiry, AccessEntry.Action.ERASED, rows=rows)
                erased += 1
    return erased


def _forget_old_traces(now: datetime) -> None:
    Tombstone.objects.filter(erased_at__lte=now - durations.tombstone()).delete()
    drop_expired_months()
