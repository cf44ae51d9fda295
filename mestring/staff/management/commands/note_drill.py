"""`manage.py note_drill`: a restoring drill was done; the machine that it was done on cannot tell the site."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mestring.backup.watch.models import RestoreDrill


class Command(BaseCommand):
    """Administrators do the same in the admin, under "Restoring drills"."""

    help = "Note that a backup was restored on another machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who did it, and when."""
        parser.add_argument("--who", required=True, help="The person with the offline key.")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="Today unless given.")

    def handle(self, *_args: Any, who: str, on: date | None, **_options: Any) -> None:
        """Note it. Raises CommandError for a day that is still to come, and for no name."""
        drill = RestoreDrill(who=who, done_on=on or timezone.localdate())
        try:
            drill.full_clean()
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        drill.save()
        self.stdout.write(_("Noted: %(day)s, %(who)s.") % {"day": drill.done_on, "who": who})
