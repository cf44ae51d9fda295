"""Settings with which a live site would be open to others, or would lose mail or data: a sentence for each."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

from mestring.typed_text.invisible_signs import without_invisible_signs

Settings = Mapping[str, Any]
HOST = re.compile(r"\.?(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE)
ADDRESS = re.compile(r"https://([a-z0-9.-]+)", re.IGNORECASE)
PHONE = re.compile(r"\+[0-9]{8,15}")
OUR_MACHINE = ("localhost", "127.0.0.1", "::1")
# The least of each. Below it, what people wrote or what was done with it is gone before anyone can ask for it; an
# erasure is forgotten before the backups in which the inquiry still lies; or nothing can be sent at all.
LEAST = {
    "INQUIRY_RETENTION_DAYS": 7,
    "QUARANTINE_RETENTION_DAYS": 7,
    "TOMBSTONE_RETENTION_DAYS": 90,
    "AUDIT_RETENTION_DAYS": 365,
    "INQUIRY_ESCALATION_DAYS": 1,
    "INQUIRIES_PER_HOUR": 1,
    "SET_APART_PER_HOUR": 0,
    "TRUSTED_PROXIES": 1,
}


def secret_errors(settings: Settings) -> Iterator[str]:
    """Look for secrets that can be guessed."""
    for name in ("SECRET_KEY", "RECEIPT_SECRET"):
        if len(settings[name]) < 40 or len(set(settings[name])) < 10:
            yield f"{name} must be set to at least 40 random characters."
    if settings["SECRET_KEY"] and settings["SECRET_KEY"] == settings["RECEIPT_SECRET"]:
        yield "SECRET_KEY and RECEIPT_SECRET must differ."


def address_errors(settings: Settings) -> Iterator[str]:
    """Look for names under which the site cannot be reached, or not safely."""
    hosts = settings["ALLOWED_HOSTS"]
    if not hosts or any(not HOST.fullmatch(host) or host.endswith(".example") for host in hosts):
        yield "ALLOWED_HOSTS must name the site's own host names: no wildcard, loopback, https:// or port."
    elif not (found := ADDRESS.fullmatch(settings["SITE_ADDRESS"])) or not validate_host(found[1], hosts):
        yield "SITE_ADDRESS must be like https://www.example.no, a name of ALLOWED_HOSTS, no port and no path."
    if not settings["BEHIND_HTTPS"]:
        yield "BEHIND_HTTPS must stay on: health data never travels unencrypted."
    if not PHONE.fullmatch(settings["FALLBACK_PHONE"]):
        yield "CLINIC_PHONE must be the clinic's own number, such as +4735019500: error pages show it."


def mail_errors(settings: Settings) -> Iterator[str]:
    """Look for what keeps colleagues from hearing of an inquiry, and senders of an answer."""
    if not settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        yield "EMAIL_URL must name a mail server (smtp+tls://…), or no colleague hears of a new inquiry."
    elif settings["EMAIL_HOST"] not in OUR_MACHINE and not (
        settings.get("EMAIL_USE_TLS") or settings.get("EMAIL_USE_SSL")
    ):
        yield "EMAIL_URL must begin with smtp+tls:// or smtp+ssl://: it carries senders' addresses."
    yield from mail_address_errors(settings, is_real_address)


def mail_address_errors(settings: Settings, is_right: Callable[[str], bool]) -> Iterator[str]:
    """Look for addresses to which no mail goes, such as a list with semicolons, or a name with a comma."""
    if not settings["INQUIRY_NOTIFY"] or not all(map(is_right, settings["INQUIRY_NOTIFY"])):
        yield "INQUIRY_NOTIFY must name the addresses that are told of a new inquiry, with a comma between them."
    if settings["OPERATOR_MAIL"] and not is_right(settings["OPERATOR_MAIL"]):
        yield "OPERATOR_MAIL must be one plain address, or empty: it is told when a part of the site fails."
    if not is_right(address_in(settings["DEFAULT_FROM_EMAIL"])):
        yield "MAIL_FROM must be an address of the clinic's own."
    elif not is_right(address_in(settings["ANSWER_FROM_EMAIL"])):
        yield "ANSWER_FROM must be an address of the clinic's own."


def data_errors(settings: Settings) -> Iterator[str]:
    """Look for what loses data, or lays it open to others on the machine."""
    for name, least in LEAST.items():
        if settings[name] < least:
            yield f"{name} must be {least} or more."
    if not re.fullmatch(r"[0-9a-f]{64}", settings["BACKUP_KEY"], re.IGNORECASE):
        yield "BACKUP_KEY must be what `manage.py backup --new-key FILE` printed, or no backup can be made."
    if Path(settings["KEY_DIR"]).is_relative_to(settings["DATA_DIR"]):
        yield "KEY_DIR must lie outside DATA_DIR, so that a copy of the data carries no key."
    heads = settings["AUDIT_HEADS"]
    if not heads or any(Path(heads).is_relative_to(settings[name]) for name in ("DATA_DIR", "KEY_DIR")):
        yield "AUDIT_HEADS must name a file outside DATA_DIR and KEY_DIR: who rewrites the log must not reach it."
    for name in ("DATA_DIR", "KEY_DIR"):
        folder = Path(settings[name])
        # Not made here: after a slip of the hand, or while a disk is away, another site would come up.
        if not folder.is_dir():
            yield f"{name} must be a folder that is there: install -d -m 700 FOLDER, as the site's own user."
            continue
        apart = settings["DELIVERER_KEY"]
        # A delivery process of its own user passes through, by the group. What it reads there says so itself.
        if folder.stat().st_mode & (0o067 if apart else 0o077):
            yield f"{name} must be its owner's alone: chmod {'710' if apart else '700'}."
        # What root writes there, such as a restore, the site's own user cannot read.
        if folder.stat().st_uid != os.geteuid() and not (apart and is_deliverer(Path(apart), folder)):
            yield f"{name} belongs to another user of the machine: run every command as that user."


def is_deliverer(key: Path, folder: Path) -> bool:
    """Say whether this is the delivery process: no root; it reads its key, passes through here, writes nothing."""

    def may(path: Path, what: int) -> bool:
        return os.access(path, what, effective_ids=True)

    return os.geteuid() != 0 and may(key, os.R_OK) and may(folder, os.X_OK) and not may(folder, os.W_OK)


def address_in(sender: str) -> str:
    """Return the address beside a sender's name; "" when there is none or more than one."""
    return parseaddr(sender)[1] if sender.count("@") == 1 else ""


def is_address(address: str) -> bool:
    """Say whether this is one plain address. Django lets an invisible sign through, and no mail goes with it."""
    if without_invisible_signs(address) != address:
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def is_real_address(address: str) -> bool:
    """Say whether mail can go there: it is none of an example."""
    return is_address(address) and not address.lower().endswith(".example")
