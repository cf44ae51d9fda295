"""What the delivery process does for the emergency edition in each of its rounds, after the mail."""

from functools import cache
from pathlib import Path

from django.conf import settings

from mestring.cache.data_version import DataVersion
from mestring.emergency.edition import EmergencyEdition

SLICE = 1.0  # seconds; mail must not wait longer


def keep_edition() -> None:
    """Work on the copies for a moment; nothing where there is no folder for them."""
    if settings.EMERGENCY_DIR:
        _edition(settings.EMERGENCY_DIR).keep(SLICE)


@cache
def _edition(root: Path) -> EmergencyEdition:
    return EmergencyEdition(root, DataVersion().read)
