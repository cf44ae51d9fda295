"""What the operator answers, read from a file and checked before anything is done to the machine."""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}")
EXAMPLE = re.compile(r"(?:^|[@./])example\.(?:no|com|net|org)(?=$|[ :/?])|\.example$")
MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


class Refused(Exception):
    """What is wrong, in a sentence for the operator."""


@dataclass(frozen=True)
class Answers:
    """One field for each line of the file."""

    host: str
    phone: str
    mail_server: str
    mail_from: str
    told: list[str]
    operator: str
    certificate: Path
    certificate_key: Path
    database: str = "sqlite"
    backup_key: str = ""
    hsts_subdomains: bool = True


def read_answers(path: Path) -> Answers:
    """Return the answers. Raises Refused with every fault at once."""
    if not path.is_file():
        raise Refused(f"There is no file {path}. Copy deploy/debian/answers.toml and fill it in.")
    if path.stat().st_mode & 0o077:
        raise Refused(f"{path} holds the password of the mail server: chmod 600 {path}")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as TOML: {error}") from None
    if faults := list(faults_of(found)):
        raise Refused(f"{path}:\n" + "\n".join(f"  - {fault}" for fault in faults))
    for name in ("certificate", "certificate_key"):
        found[name] = Path(found[name])
    return Answers(**found)


def faults_of(found: dict[str, object]) -> list[str]:
    """Return a sentence for each answer that is missing, unknown or no answer."""
    known = {one.name: one for one in fields(Answers)}
    faults = [f"{name} is no question." for name in found if name not in known]
    for name in known:
        value = found.get(name)
        if value in (None, "", []):
            if name not in ("database", "backup_key", "hsts_subdomains"):
                faults.append(f"{name} is missing.")
        elif name == "hsts_subdomains":
            if not isinstance(value, bool):
                faults.append(f"{name} must be true or false, without quotation marks.")
        elif not isinstance(value, list if name == "told" else str):
            faults.append(f"{name} must be {'a list of addresses' if name == 'told' else 'a text'}.")
        elif EXAMPLE.search(" ".join(map(str, value)) if isinstance(value, list) else value):
            faults.append(f"{name} still holds the example.")
        elif said := CHECKS.get(name, lambda _value: "")(value):
            faults.append(said)
    return faults


def _host(value: str) -> str:
    return (
        ""
        if HOST.fullmatch(value)
        else "host must be the site's own name, such as www.clinic.no, without https://."
    )


def _phone(value: str) -> str:
    return "" if re.fullmatch(r"\+[0-9]{8,15}", value) else "phone must be like +4735019500."


def _mail(name: str, value: str) -> str:
    return "" if MAIL.fullmatch(value) else f"{name} must be a plain address."


def _told(value: list[object]) -> str:
    good = all(isinstance(one, str) and MAIL.fullmatch(one) for one in value)
    return "" if good else "told must be a list of plain addresses."


def _file(name: str, value: str) -> str:
    path = Path(value)
    return "" if path.is_absolute() and path.is_file() else f"{name}: there is no file {value}."


def _database(value: str) -> str:
    return "" if value in ("sqlite", "postgresql") else 'database must be "sqlite" or "postgresql".'


def _backup_key(value: str) -> str:
    good = re.fullmatch(r"[0-9a-f]{64}", value)
    return "" if good else "backup_key must be the 64 signs that `backup --new-key` printed, or empty."


def _mail_server(value: str) -> str:
    good = re.fullmatch(r"[^\s'\"\\]+", value)  # the service manager reads those in its own way
    return (
        ""
        if good
        else "mail_server must hold no space, line end, quotation mark or backslash: write %20 and so on."
    )


CHECKS = {
    "host": _host,
    "phone": _phone,
    "mail_server": _mail_server,
    "mail_from": lambda value: _mail("mail_from", value),
    "operator": lambda value: _mail("operator", value),
    "told": _told,
    "certificate": lambda value: _file("certificate", value),
    "certificate_key": lambda value: _file("certificate_key", value),
    "database": _database,
    "backup_key": _backup_key,
}
