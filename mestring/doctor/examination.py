"""The whole examination: what /readyz says of this machine, and everything else that an operator can mend."""

from collections.abc import Callable

from django.db import Error

from mestring.doctor import backups, database, folders, rights, surroundings
from mestring.doctor.finding import Finding, Findings
from mestring.readiness import readiness


def serving() -> Findings:
    """Repeat what /readyz says, but for its `ready`."""
    for line in readiness()[1]:
        if line != "ready":
            fault, _semicolon, mend = line.partition("; ")
            yield Finding(fault, mend or "docs/operators.md, “Is it well?”")


CHECKS: tuple[Callable[[], Findings], ...] = (
    serving,
    rights.of_others,
    rights.of_the_delivery_process,
    folders.places,
    folders.emergency_edition,
    folders.left_behind,
    folders.room,
    database.table_owner,
    database.phone,
    backups.backups,
    surroundings.mail_server,
    surroundings.operator_address,
    surroundings.certificate,
    surroundings.clock,
)


def examine() -> list[Finding]:
    """Return every finding. Where the database does not answer, that stands once, among the first."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check()
        except Error:
            continue  # `serving` has said it
    return found
