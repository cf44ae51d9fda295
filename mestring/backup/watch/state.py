"""How the backups are: what /readyz, doctor, staff's first page and the metrics read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from mestring.backup.watch.models import BackupNight, Fault

LATE = timedelta(hours=26)  # made nightly, and a night may take two hours longer
FOR_LONG = LATE + timedelta(hours=24)  # the second night without a good one


@dataclass(frozen=True)
class BackupState:
    """What is known of the last night, and since when there is no good backup."""

    newest: BackupNight | None
    faults: list[Fault]
    good_at: datetime | None  # of the newest night without a fault
    bad_for_long: bool


def backup_state() -> BackupState | None:
    """Read it; None where no backups are made, as in a demo. A night still to come is a wrong clock's."""
    if not settings.BACKUP_DIR:
        return None
    now = timezone.now()
    nights = BackupNight.objects.filter(at__lte=now).order_by("-at")
    newest = nights.first()
    if newest is None:
        return BackupState(None, [Fault.LATE], None, bad_for_long=False)
    faults = [Fault(fault) for fault in newest.faults]
    if now - newest.at > LATE:
        faults.append(Fault.LATE)
    good_at = newest.at if not newest.faults else nights.filter(faults=[]).values_list("at", flat=True).first()
    begun = good_at or nights.values_list("at", flat=True).last() or now
    return BackupState(newest, faults, good_at, bad_for_long=now - begun > FOR_LONG)
