"""`manage.py papers`: the record of processing, the facts of a DPIA and a list of processors, in Norwegian."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mestring.backup.disk_faults import describe
from mestring.papers.writing import write_papers


class Command(BaseCommand):
    """Writes over nothing: a person may have filled in what an earlier round wrote."""

    help = "Write the papers that data protection asks of the clinic, from what this site does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder for the papers, which is made unless it is there."""
        parser.add_argument("folder", type=Path, help="Where the papers are written.")

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        """Write the papers and name them."""
        try:
            if not folder.parent.is_dir():
                raise CommandError(_("There is no folder %(path)s. Make it first.") % {"path": folder.parent})
            folder.mkdir(exist_ok=True)
            files = write_papers(folder, timezone.now())
        except FileExistsError:
            raise CommandError(_("This file exists already. Nothing was written.")) from None
        except OSError as error:
            raise CommandError(describe(error)) from None
        for file in files:
            self.stdout.write(str(file))
