"""How often a colleague may type an inbox passphrase, and choose one: five times, then after doubling waits.

Each is counted by itself, so that no success of one gives more tries of the other.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contact.models import ChoiceTries, UnlockTries

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LAST_WAIT = timedelta(hours=1)
QUIET = timedelta(days=1)  # after so long without a try, counting the choices begins anew


class TooManyTries(Exception):
    """The passphrase was wrong too often. The message says when to try again."""

    def __init__(self, when: datetime) -> None:
        at = date_format(timezone.localtime(when + timedelta(minutes=1)), "H:i")
        super().__init__(_("Wrong too many times. Try again after %(time)s.") % {"time": at})


def take_try(user: "User") -> None:
    """Count a try to open a key. Raises TooManyTries."""
    _take(user, UnlockTries)


def take_choice(user: "User") -> None:
    """Count a passphrase that is to be chosen. Choosing one gives no try back. Raises TooManyTries.

    The answer tells whether it is the login password: a thief of a session who may ask for ever has that too.
    """
    ChoiceTries.objects.filter(user=user, not_before__lt=timezone.now() - QUIET).update(wrong=0)
    _take(user, ChoiceTries)


def _take(user: "User", counted: type[UnlockTries] | type[ChoiceTries]) -> None:
    """Count a try before it is made, so that many requests at once get no more tries than one after the other."""
    tries, _made = counted.objects.get_or_create(user=user)
    for _attempt in range(FREE_TRIES + 1):
        now = timezone.now()
        if now < tries.not_before <= now + LAST_WAIT:  # later than that: a clock that ran ahead wrote it
            raise TooManyTries(tries.not_before)
        same = counted.objects.filter(pk=tries.pk, wrong=tries.wrong, not_before=tries.not_before)
        if same.update(wrong=tries.wrong + 1, not_before=now + _wait(tries.wrong + 1)):
            return
        tries.refresh_from_db()  # another request was quicker
    raise TooManyTries(timezone.now() + FIRST_WAIT)


def forget_tries(user: "User") -> None:
    """Let a colleague who typed the right passphrase begin anew."""
    UnlockTries.objects.filter(user=user).update(wrong=0, not_before=timezone.now())


def _wait(tries: int) -> timedelta:
    if tries < FREE_TRIES:
        return timedelta()
    return min(FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 20), LAST_WAIT)
