"""How long a login lasts: from its last click, shorter for those whose rights reach people, and in all."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from mestring.staff.login.browser_words import browser_in_words

IDLE = timedelta(hours=2)
IDLE_WITH_PEOPLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
PEOPLE = ("contact.view_inquiry", "contact.change_inquiry", "contact.change_grant", "auth.change_user")
LOGIN = "login"  # in the session: when it was logged in, in which browser, and how long it may be idle
CONFIRMED = "confirmed"  # in the session: when the colleague last gave the password, and the second step


def idle_of(person: User) -> timedelta:
    """Return how long after the last click a login of this colleague ends."""
    return IDLE_WITH_PEOPLE if any(map(person.has_perm, PEOPLE)) else IDLE


def is_too_old(data: dict[str, Any]) -> bool:
    """Say whether a login is over whatever was clicked. One that does not say when it began is."""
    return timezone.now().timestamp() - data.get(LOGIN, {}).get("since", 0) >= LONGEST.total_seconds()


@receiver(user_logged_in)
def remember_login(request: HttpRequest, user: User, **_more: Any) -> None:
    """Write into the session what the list of logins shows. No address: it tells where a colleague is."""
    now = timezone.now().timestamp()
    browser = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    request.session[LOGIN] = {"since": now, "browser": browser, "idle": idle_of(user).total_seconds()}
    request.session[CONFIRMED] = now
