"""What /readyz says of this machine.

Red (503): it cannot show pages or store inquiries, so a load balancer must send people elsewhere. Yellow (200): it
serves, and an operator has to look.
"""

from dataclasses import dataclass

from django.db import Error

from mestring.readiness.red import RED
from mestring.readiness.yellow import YELLOW

AWAY = "the database does not answer; look at its service and its log (systemctl status postgresql)"


@dataclass(frozen=True)
class CheckResult:
    """What one check found; without reasons, that all is well."""

    level: str  # red or yellow
    name: str
    reasons: list[str]


def readiness() -> tuple[int, list[str]]:
    """Return the status of the answer, and its lines."""
    lines = [f"{result.level}: {reason}" for result in check_results() for reason in result.reasons]
    is_red = any(line.startswith("red: ") for line in lines)
    return (503, lines) if is_red else (200, ["ready", *lines])


def check_results() -> list[CheckResult]:
    """Ask every check; the yellow ones only where none is red, as they ask for tables that may not be there."""
    found = [CheckResult("red", "database", [])]
    try:
        for level, checks in (("red", RED), ("yellow", YELLOW)):
            if not any(result.reasons for result in found):
                found += [CheckResult(level, check.__name__, list(check())) for check in checks]
    except Error:
        return [CheckResult("red", "database", [AWAY])]
    return found
