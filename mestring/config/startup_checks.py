"""Settings with which the site must not start. Checked at the end of mestring/settings.py, before it serves.

Django's system checks are refused for this: they run under manage.py, not under gunicorn.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mestring.config.live_checks import (
    address_errors,
    data_errors,
    is_address,
    mail_address_errors,
    mail_errors,
    secret_errors,
)
from mestring.config.logging import FORMATS
from mestring.config.sign_on_checks import sign_on_errors

MOST_HOURS = 1_000  # office hours; half a year
LOOPBACK = re.compile(r"\.?(?:[a-z0-9-]+\.)*localhost|127(?:\.[0-9]{1,3}){3}|\[?::1\]?", re.IGNORECASE)


def startup_errors(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each setting that is unsafe in its mode; empty when the site may start."""
    if settings["MODE"] not in ("demo", "live"):
        return [f"MODE is '{settings['MODE']}'; it must be 'demo' or 'live'."]
    errors = [*settings.get("UNREADABLE", ()), *office_hour_errors(settings), *sign_on_errors(settings)]
    if settings["LOG_FORMAT"] not in FORMATS:
        errors.append("LOG_FORMAT must be 'json' or 'plain'.")
    if settings["MODE"] == "demo":
        return [*errors, *demo_errors(settings)]
    for check in (secret_errors, address_errors, mail_errors, data_errors):
        errors.extend(check(settings))
    return errors


def demo_errors(settings: Mapping[str, Any]) -> Iterator[str]:
    """Look for a demo that the public can reach: it keeps keys, recovery paper and inquiries together.

    Its mail may go to a real mail server, so the form of the addresses is asked too.
    """
    public = [host for host in settings["ALLOWED_HOSTS"] if not LOOPBACK.fullmatch(host)]
    if public:
        yield "ALLOWED_HOSTS must name this machine alone in a demo (127.0.0.1, localhost): no public host name."
    yield from mail_address_errors(settings, is_address)


def office_hour_errors(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each setting of the office hours that leaves no hour to answer in."""
    errors = []
    if settings["OFFICE_OPENS"] >= settings["OFFICE_CLOSES"]:
        errors.append("OFFICE_OPENS must be earlier in the day than OFFICE_CLOSES.")
    if not 1 <= settings["INQUIRY_ANSWER_HOURS"] <= MOST_HOURS:
        errors.append(f"INQUIRY_ANSWER_HOURS must be from 1 to {MOST_HOURS}.")
    return errors


def check_startup(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured with every error at once, so that the operator can mend all of them."""
    if errors := startup_errors(settings):
        raise ImproperlyConfigured("The site does not start:\n" + "\n".join(f"  - {error}" for error in errors))
