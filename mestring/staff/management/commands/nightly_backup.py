"""`manage.py nightly_backup`: what the timer runs. A backup in BACKUP_DIR, checked, copied away and noted."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mestring.backup.watch.drills import remind_operator
from mestring.backup.watch.folder import name_of_tonight
from mestring.backup.watch.models import Fault
from mestring.backup.watch.night import finish_night


class Command(BaseCommand):
    """Ends with status 1 for every fault, so that the service manager tells the operator."""

    help = "Write a backup to BACKUP_DIR, check it, copy it away, and note what came of it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do all of it; a backup that fails is noted too."""
        if not settings.BACKUP_DIR:
            raise CommandError(_("BACKUP_DIR is not set: it names the folder of the backups."))
        backup, made = Path(settings.BACKUP_DIR) / name_of_tonight(), True
        try:
            call_command("backup", str(backup), stdout=self.stdout)
        except CommandError as fault:
            self.stderr.write(str(fault))
            made = False
        night, copied = finish_night(backup, made=made)
        for program, done in copied.items():
            self.stdout.write((_("Copied away by %s.") if done else _("%s did not copy it away.")) % program)
        remind_operator(night)
        if night.faults:
            raise CommandError("; ".join(str(Fault(fault).label) for fault in night.faults))
