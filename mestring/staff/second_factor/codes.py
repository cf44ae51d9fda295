"""One-time codes and recovery codes: set up, checked, counted, and each taken once."""

import logging
from contextlib import suppress

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest

from contact.audit.access_log import note
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry
from contact.sender.rate_limit import network_of
from mestring.staff.accounts.changes import tell
from mestring.staff.login.throttle import code_try
from mestring.staff.models import AccountMail
from mestring.staff.second_factor.adapter import UnreadableSecret

__all__ = ["generate_totp_secret"]
Kind = Authenticator.Type
LOGS_IN = (Kind.TOTP, Kind.WEBAUTHN)  # recovery codes stand in for one of these, never alone
log = logging.getLogger("mestring.staff")


class WrongCode(Exception):
    """The code is not right, or was used before."""


class LastFactor(Exception):
    """Without it the colleague would have no second step."""


def has_second_factor(person: User) -> bool:
    """Say whether a login of this colleague has a second step."""
    return Authenticator.objects.filter(user=person, type__in=LOGS_IN).exists()


def has_app(person: User) -> bool:
    """Say whether the colleague has an app with codes."""
    return Authenticator.objects.filter(user=person, type=Kind.TOTP).exists()


def use_code(request: HttpRequest, person: User, code: str) -> None:
    """Take a code of the app, or a recovery code, once. Raises WrongCode, TooManyLogins."""
    try:
        with code_try(person.get_username(), network_of(request)):
            used = _take(person, code)
    except WrongCode:
        user_login_failed.send(__name__, credentials={"username": person.get_username()}, request=request)
        raise
    if used == Kind.RECOVERY_CODES:
        note(AccessEntry.Action.RECOVERY_CODE_USED, person)


def _take(person: User, code: str) -> str:
    for authenticator in Authenticator.objects.filter(user=person, type__in=(Kind.TOTP, Kind.RECOVERY_CODES)):
        try:
            if authenticator.wrap().validate_code(code):
                authenticator.record_usage()
                return str(authenticator.type)
        except UnreadableSecret:
            log.error("KEY_DIR holds another key than the one that the secrets of login codes need")
    raise WrongCode


def set_up_app(person: User, secret: str, code: str) -> list[str]:
    """Let the codes of an app count from now on; return the recovery codes. Raises WrongCode."""
    with transaction.atomic():
        if not TOTP.activate(person, secret).validate_code(code):
            raise WrongCode
        return count_as_set_up(person)


def count_as_set_up(person: User) -> list[str]:
    """Log what was added. With the first, recovery codes are made and returned."""
    note(AccessEntry.Action.SECOND_FACTOR_ADDED, person)
    if Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).exists():
        return []
    return RecoveryCodes.activate(person).get_unused_codes()


@transaction.atomic
def new_recovery_codes(person: User) -> list[str]:
    """Make the recovery codes anew, and return them: those of before count no longer."""
    Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).delete()
    note(AccessEntry.Action.RECOVERY_CODES_RENEWED, person)
    return RecoveryCodes.activate(person).get_unused_codes()


@transaction.atomic
def remove_factor(person: User, factor: Authenticator, *, may_be_last: bool) -> None:
    """Remove a passkey or the app. With the last one the recovery codes go too. Raises LastFactor."""
    User.objects.select_for_update().get(pk=person.pk)  # of two at once one is the last
    factors = Authenticator.objects.filter(user=person)
    if not factors.filter(type__in=LOGS_IN).exclude(pk=factor.pk).exists():
        if not may_be_last:
            raise LastFactor
        factors.delete()
    factors.filter(pk=factor.pk).delete()
    note(AccessEntry.Action.SECOND_FACTOR_REMOVED, person)


def codes_left(person: User) -> int:
    """Return how many recovery codes are unused."""
    with suppress(Authenticator.DoesNotExist):
        return len(Authenticator.objects.get(user=person, type=Kind.RECOVERY_CODES).wrap().get_unused_codes())
    return 0


@transaction.atomic
def reset_second_factor(person: User, by: User | None = None) -> None:
    """Take away what the second step of a colleague's login is made of, and end their logins."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    note(AccessEntry.Action.SECOND_FACTOR_RESET, by, person)
    tell(AccountMail.Kind.SECOND_STEP, person)
