"""`manage.py erase_expired`: erase what is no longer needed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contact.retention.erasing_round import ErasingRefused, count_due, erase_expired


class Command(BaseCommand):
    """Also runs once an hour inside `deliver`, without `--even-so`."""

    help = "Erase inquiries and months of the access log whose time is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option looks first, one decides."""
        parser.add_argument("--dry-run", action="store_true", help="Say how many of what, and erase nothing.")
        parser.add_argument("--even-so", action="store_true", help="Erase although something looks wrong.")

    def handle(self, *_args: Any, dry_run: bool, even_so: bool, **_options: Any) -> None:
        """Print how many inquiries are erased, or would be, or why none is."""
        if dry_run:
            counts = count_due()
            self.stdout.write(_("Closed inquiries to erase: %(count)s") % {"count": counts.closed})
            self.stdout.write(_("Inquiries taken for spam to erase: %(count)s") % {"count": counts.quarantined})
            self.stdout.write(_("Held, so not erased: %(count)s") % {"count": counts.held})
            self.stdout.write(_("Months of the access log to erase: %(count)s") % {"count": counts.months})
            if counts.doubt:
                self.stdout.write(_("A round would erase nothing. %(why)s") % {"why": counts.doubt})
            return
        try:
            count = erase_expired(even_so=even_so)
        except ErasingRefused as refusal:
            hint = _("Look with --dry-run. If all is right: erase_expired --even-so")
            raise CommandError(_("Nothing was erased. %(why)s") % {"why": refusal} + f" {hint}") from None
        self.stdout.write(_("Erased inquiries: %(count)s") % {"count": count})
