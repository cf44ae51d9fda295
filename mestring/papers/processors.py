"""Who else may come near personal data: what the settings show, by host name alone.

Never a user name, a password, a path or a whole address: an address before its @ can name a person.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

HERE = ("", "localhost", "127.0.0.1", "::1")
SAME_MACHINE = "Samme maskin som nettstedet"


@dataclass(frozen=True)
class Processor:
    """A task that a company may do for the clinic, what the settings say of it, and what it meets of data."""

    task: str
    found: str
    data: str


def processors() -> list[Processor]:
    """Return the tasks; who does each, and under which agreement, is for the clinic to fill in."""
    return [
        Processor(
            "Drift av maskinen nettstedet går på",
            urlsplit(settings.SITE_ADDRESS).hostname or "",
            "Alt som er lagret. Henvendelser er forseglet, men den som styrer maskinen mens nettstedet går, kan "
            "se det som blir skrevet inn og låst opp.",
        ),
        Processor(
            "Databasen",
            _machine(settings.DATABASES["default"].get("HOST") or ""),
            "Alt som er lagret. Henvendelser er forseglet.",
        ),
        Processor(
            "Utsending av e-post",
            _mail_server(),
            "E-postadressen til en avsender som vil ha beskjed om svar, og at det ligger et svar. "
            "E-postadressene til ansatte. Aldri noe av innholdet i en henvendelse.",
        ),
        Processor(
            "Postkasser som får beskjed når en henvendelse venter",
            _domains([*settings.INQUIRY_NOTIFY, settings.OPERATOR_MAIL]),
            "At en henvendelse venter, og når. Aldri hvem eller hva.",
        ),
        Processor(
            "Felles innlogging (single sign-on)",
            urlsplit(settings.SIGN_ON_ISSUER).hostname or "Ikke i bruk",
            "Hvilken ansatt som logger inn, og når." if settings.SIGN_ON_ISSUER else "–",
        ),
        Processor(
            "Oppbevaring av sikkerhetskopier",
            "Går ikke fram av innstillingene",
            "Alt som er lagret, kryptert. Nøkkelen ligger ikke på nettstedet." if settings.BACKUP_KEY else
            "Nøkkel for sikkerhetskopier er ikke satt: programmet lager ingen.",
        ),
    ]  # fmt: skip


def _machine(host: str) -> str:
    """Return the host; a socket's folder is this machine, and a path is named in no paper."""
    return SAME_MACHINE if host in HERE or host.startswith("/") else host


def _mail_server() -> str:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return "Ingen e-posttjener er satt"
    return _machine(settings.EMAIL_HOST)


def _domains(addresses: list[str]) -> str:
    return ", ".join(dict.fromkeys(one.rpartition("@")[2].rstrip(">") for one in addresses if "@" in one))
