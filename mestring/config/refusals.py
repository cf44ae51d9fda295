"""Reasons why a site must not start. Checked at the end of mestring/settings.py, before anything is served."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def reasons_to_refuse(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for each setting that is unsafe in its mode; empty when the site may start."""
    if settings["MODE"] not in ("demo", "live"):
        return [f"MODE is '{settings['MODE']}'; it must be 'demo' or 'live'."]
    reasons = impossible_hours(settings)
    if settings["MODE"] == "demo":
        return reasons
    for name in ("SECRET_KEY", "RECEIPT_SECRET"):
        if len(settings[name]) < 40:
            reasons.append(f"{name} must be set to at least 40 random characters.")
    if settings["SECRET_KEY"] and settings["SECRET_KEY"] == settings["RECEIPT_SECRET"]:
        reasons.append("SECRET_KEY and RECEIPT_SECRET must differ.")
    if set(settings["ALLOWED_HOSTS"]) & {"*", "127.0.0.1", "localhost", "[::1]"}:
        reasons.append("ALLOWED_HOSTS must name the site's own host names, and no wildcard or loopback.")
    if not settings["BEHIND_HTTPS"]:
        reasons.append("BEHIND_HTTPS must stay on: health data never travels unencrypted.")
    if settings["EMAIL_BACKEND"].endswith(("filebased.EmailBackend", "console.EmailBackend")):
        reasons.append("EMAIL_URL must name a mail server, or nobody hears of a new inquiry.")
    if any(address.endswith(".example") for address in settings["INQUIRY_NOTIFY"]):
        reasons.append("INQUIRY_NOTIFY must name the addresses that are told of a new inquiry.")
    if Path(settings["KEY_DIR"]).is_relative_to(settings["DATA_DIR"]):
        reasons.append("KEY_DIR must lie outside DATA_DIR, so that a copy of the data carries no key.")
    # Last, so that the other reasons are seen too; it goes when one-time codes at login exist.
    reasons.append("MODE=live is not available yet: staff login has no second factor.")
    return reasons


def impossible_hours(settings: Mapping[str, Any]) -> list[str]:
    """Return one sentence for office hours in which nothing could ever be answered."""
    reasons = []
    if settings["OFFICE_OPENS"] >= settings["OFFICE_CLOSES"]:
        reasons.append("OFFICE_OPENS must be earlier in the day than OFFICE_CLOSES.")
    if settings["INQUIRY_ANSWER_HOURS"] < 1:
        reasons.append("INQUIRY_ANSWER_HOURS must be 1 or more.")
    return reasons


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured with every reason at once, so that they are mended in one go."""
    if reasons := reasons_to_refuse(settings):
        raise ImproperlyConfigured("The site does not start:\n" + "\n".join(f"  - {r}" for r in reasons))
