"""`manage.py rehearse`: the site sends itself an inquiry, as a stranger would. A timer runs it each night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from contact.models import Rehearsal
from contact.rehearsal.faults import FAULTS
from contact.rehearsal.round import rehearse
from contact.rehearsal.visitor import Visitor
from contact.sender.views.forms_closed import forms_are_open


class Command(BaseCommand):
    """Ends with status 1 when a step failed: the service manager tells the operator. English, as /readyz."""

    help = "Send the site an inquiry through its public address, and check that it arrives, is read and is erased."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Mail may be slow: the delivery process looks every five seconds, and a mail server may take its time."""
        parser.add_argument(
            "--patience", type=float, default=180, metavar="SECONDS", help="How long to wait for the mail server."
        )

    def handle(self, *_args: Any, patience: float, **_options: Any) -> None:
        """Rehearse once. While the forms are closed there is nothing to rehearse, and that is said."""
        if not forms_are_open():
            self.stdout.write("Skipped: the forms take no inquiries now, and ask people to ring.")
            return
        try:
            failed = rehearse(Visitor(), patience=patience)
        except DatabaseError:
            failed = Rehearsal.Step.DATABASE
        if failed:
            raise CommandError(FAULTS[failed])
        self.stdout.write("The inquiry was stored, sealed, announced, read and erased.")
