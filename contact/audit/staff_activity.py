"""Logins, logouts and looks through the inbox, in the access log, and few enough that the log stays readable."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from contact.audit.access_log import note, note_each
from contact.models import AccessEntry, Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
ONE_LOOK = timedelta(minutes=10)  # pages of the list, filters, going back: one look
ONE_NAME = timedelta(hours=1)  # a colleague works with the list open all day
# An intruder who tries a thousand passwords must be seen in the log, and must not fill the disk.
ONE_FAILURE = timedelta(minutes=1)


def note_list_seen(user: "User") -> None:
    """Log that a colleague looks through the inbox, once in ten minutes."""
    note_once(Action.LISTED, user, within=ONE_LOOK)


def note_names_seen(user: "User", inquiries: Collection[Inquiry]) -> None:
    """Log on each inquiry that a colleague sees its name and first words in a list, once an hour.

    A short inquiry is read whole in a list, so its own history must say who saw it.
    """
    now = timezone.now()
    recent = AccessEntry.objects.filter(user=user, action=Action.NAMES_SEEN, at__gt=now - ONE_NAME, at__lte=now)
    known = set(recent.filter(inquiry_id__in=[one.pk for one in inquiries]).values_list("inquiry_id", flat=True))
    note_each(Action.NAMES_SEEN, user, (one for one in inquiries if one.pk not in known))


def note_once(action: AccessEntry.Action, user: "User | None", *, within: timedelta) -> None:
    """Log what a colleague (or an unknown person) does, unless the same was logged within this time."""
    now = timezone.now()
    recent = AccessEntry.objects.filter(user=user, action=action, at__gt=now - within, at__lte=now)
    if not recent.exists():
        note(action, user)


def connect_login_signals() -> None:
    """Log logins and logouts from now on; called once, when the app is ready."""
    user_logged_in.connect(_log_login, dispatch_uid="access log")
    user_logged_out.connect(_log_logout, dispatch_uid="access log")
    user_login_failed.connect(_log_failed_login, dispatch_uid="access log")


def _log_login(request: HttpRequest, user: "User", **_more: Any) -> None:
    if _is_from_browser(request):
        note(Action.LOGGED_IN, user)


def _log_logout(request: HttpRequest, user: "User | None", **_more: Any) -> None:
    if user is not None and _is_from_browser(request):
        note(Action.LOGGED_OUT, user)


def _log_failed_login(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """Name the account only if there is one: people type passwords into the field for names."""
    model = get_user_model()
    typed = {model.USERNAME_FIELD: str(credentials.get(model.USERNAME_FIELD, "")).replace("\x00", "")}
    if _is_from_browser(request):
        note_once(Action.LOGIN_FAILED, model.objects.filter(is_staff=True, **typed).first(), within=ONE_FAILURE)


def _is_from_browser(request: HttpRequest | None) -> bool:
    """Say whether a browser sent this; a program that logs a user in makes up a request without a method."""
    return request is not None and request.method is not None
