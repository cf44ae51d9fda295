"""Settings of single sign-on with which no colleague could log in, or accounts of others would be taken."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

NEEDED = ("SIGN_ON_ISSUER", "SIGN_ON_CLIENT", "SIGN_ON_SECRET", "SIGN_ON_NAME")
TWO_STEPS = re.compile(r"(?:acr|amr|acrs)=[!-~]+")
OF_ALL = re.compile(r"/(?:common|organizations|consumers)(?:/|$)", re.IGNORECASE)
LONGEST_NAME = 30
LOOPBACK = ("127.0.0.1", "localhost")


def sign_on_errors(settings: Mapping[str, Any]) -> Iterator[str]:
    """Return one sentence for each fault; none when single sign-on is off."""
    missing = [name for name in NEEDED if not settings.get(name)]
    if len(missing) == len(NEEDED):
        if settings.get("SIGN_ON_TWO_STEPS"):
            yield "SIGN_ON_TWO_STEPS says nothing while no SIGN_ON_ISSUER is set."
        return
    if missing:
        yield f"Single sign-on is half set: {', '.join(missing)} must be set too, or none of SIGN_ON_…."
        return
    if not is_issuer(settings["SIGN_ON_ISSUER"], loopback=settings["MODE"] == "demo"):
        yield "SIGN_ON_ISSUER must be the provider's https address as its own description has it, without ? or #."
    elif OF_ALL.search(settings["SIGN_ON_ISSUER"]):
        yield "SIGN_ON_ISSUER must hold your own organisation's number: /common/ takes accounts of all."
    if len(settings["SIGN_ON_NAME"]) > LONGEST_NAME:
        yield f"SIGN_ON_NAME must be at most {LONGEST_NAME} characters: it stands on a button."
    two_steps = settings.get("SIGN_ON_TWO_STEPS", "")
    if two_steps and not TWO_STEPS.fullmatch(two_steps):
        yield "SIGN_ON_TWO_STEPS must be like amr=mfa, acr=phr or acrs=c1, or empty."


def is_issuer(address: str, *, loopback: bool) -> bool:
    """Say whether this is a plain https address; in a demo also http of this machine."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return False
    is_secure = parts.scheme == "https" or (loopback and parts.scheme == "http" and parts.hostname in LOOPBACK)
    named = parts.username is not None or parts.password is not None
    return is_secure and bool(parts.hostname) and not (parts.query or parts.fragment or named)
