"""How the machine and its nightly work are doing. Each fact is read where /readyz and doctor read it."""

import ssl
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from contact.audit.verification import last_verification
from contact.notifications.heartbeat import last_beat
from contact.retention.erasing_round import reason_stopped, stored_round
from mestring import disk_room
from mestring.doctor.backups import made_backups
from mestring.doctor.surroundings import certificate_end
from mestring.metrics.sample import Labelled, Samples, family, seconds_of
from mestring.readiness.checks import CheckResult
from mestring.readiness.this_release import count_missing_migrations
from mestring.release import release_name
from mestring.staff.models import Fault

PATIENCE = 2.0  # seconds: who asks for /metrics asks often


def readiness(results: list[CheckResult]) -> Samples:
    """Say which checks of /readyz are red or yellow."""
    found: Labelled = {(one.name, one.level): bool(one.reasons) for one in results}
    words = "1 where a check of /readyz has something to say; yellow ones are left out while one is red."
    yield family("readyz", words, found, ["check", "level"])


def release() -> Samples:
    """Name the release."""
    yield family("release", "1, with the name of the release.", {(release_name(),): 1}, ["release"])


def disks() -> Samples:
    """Say how much room is left."""
    whole: dict[tuple[str, ...], float] = {}
    free: dict[tuple[str, ...], float] = {}
    for name, place in {"data": str(settings.DATA_DIR), "backup": str(settings.BACKUP_DIR)}.items():
        if place and Path(place).is_dir():
            whole[name,], free[name,] = disk_room.room_of(place)
    yield family("disk_free_bytes", "What is left on the disk of a folder.", free, ["folder"])
    yield family("disk_bytes", "How large that disk is.", whole, ["folder"])


def backups() -> Samples:
    """Say when the newest backup was finished, and how large it is."""
    newest = made_backups()[-1:]
    words = "When the newest backup in BACKUP_DIR was finished."
    yield family("backup_timestamp_seconds", words, newest[0].made_at if newest else None)
    yield family("backup_bytes", "How large it is.", newest[0].size if newest else None)


def certificate() -> Samples:
    """Say when the certificate ends; nothing where it cannot be asked for, or browsers refuse it."""
    try:
        ends, accepted = certificate_end(PATIENCE), True
    except ssl.SSLCertVerificationError:
        ends, accepted = None, False
    except OSError:
        return
    if ends or not accepted:
        yield family("certificate_accepted", "1 when a browser would accept the certificate.", accepted)
        yield family("certificate_end_timestamp_seconds", "When it ends.", ends)


def migrations() -> Samples:
    """Count what the database lacks."""
    yield family("migrations_missing", "Migrations that the database lacks.", count_missing_migrations())


def rounds() -> Samples:
    """Say when the delivery process was at work, when it last erased, and when the access log was verified."""
    last, verified = stored_round(), last_verification()
    words = "When the delivery process was last at work."
    yield family("deliver_timestamp_seconds", words, seconds_of(last_beat()))
    words = "When what is past its retention was last erased."
    yield family("erasing_timestamp_seconds", words, seconds_of(last.done_at if last else None))
    yield family("erasing_stopped", "1 while nothing is erased, as something looks wrong.", bool(reason_stopped()))
    words = "When the access log was last verified."
    yield family("access_log_verified_timestamp_seconds", words, seconds_of(verified.at if verified else None))
    words = "1 when it was as it was written."
    yield family("access_log_whole", words, verified.is_whole if verified else None)


def faults() -> Samples:
    """Say when the site last met a fault that the operator is told of."""
    at = Fault.objects.aggregate(at=Max("at"))["at"]
    yield family("fault_timestamp_seconds", "When the site last met a fault.", seconds_of(at))
