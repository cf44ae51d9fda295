"""The whole examination: what /readyz says of this machine, and everything else that an operator can mend."""

from collections.abc import Callable

from django.conf import settings
from django.db import Error

from mestring.doctor import backups, database, folders, rights, surroundings
from mestring.doctor.finding import Finding, Findings
from mestring.readiness.checks import readiness


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
    backups.drill,
    surroundings.mail_server,
    surroundings.operator_address,
    surroundings.certificate,
    surroundings.clock,
)
NAMES = {check.__name__ for check in CHECKS if check is not serving}  # what /readyz says is never left out


def examine() -> list[Finding]:
    """Return every finding. Where the database does not answer, that stands once, among the first.

    What an operator has looked at and lives with, such as a large disk that is nearly full, is left out by name.
    """
    left_out = set(settings.DOCTOR_LEAVES_OUT)
    found = [
        Finding(f"DOCTOR_LEAVES_OUT names {name}, which is no check.", f"One of: {', '.join(sorted(NAMES))}")
        for name in sorted(left_out - NAMES)
    ]
    for check in CHECKS:
        if check.__name__ in left_out & NAMES:
            continue
        try:
            found += check()
        except Error:
            continue  # `serving` has said it
        except OSError as error:  # such as rights, which are what this looks for
            mend = f"Look whose {error.filename or 'disk'} is, and run this as the site's user."
            found.append(Finding(f"The check {check.__name__} could not be made ({type(error).__name__}).", mend))
    return found
