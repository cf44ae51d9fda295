"""`manage.py copy_pages FOLDER`: the whole emergency edition, now, into a folder that is copied elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mestring.emergency.edition import EmergencyEdition
from mestring.emergency.folder import NotOurFolder


class Command(BaseCommand):
    """Makes every copy anew. The delivery process keeps those in EMERGENCY_DIR without it."""

    help = "Write a copy of every live page into a folder of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Write them. Raises CommandError for a page that failed, and for a folder with other things."""
        try:
            edition = EmergencyEdition(folder, lambda: None)
        except NotOurFolder:
            raise CommandError(
                _("%(folder)s holds something else. Name a folder of its own.") % {"folder": folder}
            ) from None
        if not edition.keep(float("inf")):
            missing = len(edition.copied) - len(edition.made)
            raise CommandError(_("Pages that could not be copied: %(number)s.") % {"number": missing})
        self.stdout.write(_("Pages copied: %(number)s.") % {"number": len(edition.made)})
