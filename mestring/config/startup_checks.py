"""Settings with which the site must not start. Checked at the end of mestring/settings.py, before it serves.

Django's system checks are refused for this: they run under manage.py, not under gunicorn.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def startup_errors(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each setting that is unsafe in its mode; empty when the site may start."""
    if settings["MODE"] not in ("demo", "live"):
        return [f"MODE is '{settings['MODE']}'; it must be 'demo' or 'live'."]
    errors = office_hour_errors(settings)
    if settings["MODE"] == "demo":
        return errors
    for name in ("SECRET_KEY", "RECEIPT_SECRET"):
        if len(settings[name]) < 40:
            errors.append(f"{name} must be set to at least 40 random characters.")
    if settings["SECRET_KEY"] and settings["SECRET_KEY"] == settings["RECEIPT_SECRET"]:
        errors.append("SECRET_KEY and RECEIPT_SECRET must differ.")
    if set(settings["ALLOWED_HOSTS"]) & {"*", "127.0.0.1", "localhost", "[::1]"}:
        errors.append("ALLOWED_HOSTS must name the site's own host names, and no wildcard or loopback.")
    if not settings["BEHIND_HTTPS"]:
        errors.append("BEHIND_HTTPS must stay on: health data never travels unencrypted.")
    if settings["EMAIL_BACKEND"].endswith(("filebased.EmailBackend", "console.EmailBackend")):
        errors.append("EMAIL_URL must name a mail server, or no colleague hears of a new inquiry.")
    if any(address.endswith(".example") for address in settings["INQUIRY_NOTIFY"]):
        errors.append("INQUIRY_NOTIFY must name the addresses that are told of a new inquiry.")
    if Path(settings["KEY_DIR"]).is_relative_to(settings["DATA_DIR"]):
        errors.append("KEY_DIR must lie outside DATA_DIR, so that a copy of the data carries no key.")
    # Last, so that the operator sees the other errors too; it goes when one-time codes at login exist.
    errors.append("MODE=live is not available yet: staff login has no second factor.")
    return errors


def office_hour_errors(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each setting of the office hours that leaves no hour to answer in."""
    errors = []
    if settings["OFFICE_OPENS"] >= settings["OFFICE_CLOSES"]:
        errors.append("OFFICE_OPENS must be earlier in the day than OFFICE_CLOSES.")
    if settings["INQUIRY_ANSWER_HOURS"] < 1:
        errors.append("INQUIRY_ANSWER_HOURS must be 1 or more.")
    return errors


def check_startup(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured with every error at once, so that the operator can mend all of them."""
    if errors := startup_errors(settings):
        raise ImproperlyConfigured("The site does not start:\n" + "\n".join(f"  - {error}" for error in errors))
