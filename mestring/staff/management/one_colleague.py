"""What commands about one colleague share: the name to log in with, and the sentence about what was done."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class CommandAboutColleague(BaseCommand):
    """Find the colleague, do it, and say what was done."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name to log in with."""
        parser.add_argument("name")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        """Do it to the colleague, or say that there is none of this name."""
        person = User.objects.filter(username=name, is_staff=True).first()
        if person is None:
            raise CommandError(_("No colleague logs in with this name."))
        self.stdout.write(self.do(person) % {"name": name})

    def do(self, person: User) -> str:
        """Do it; return the sentence about it, with a place for the name. Raises CommandError."""
        raise NotImplementedError
