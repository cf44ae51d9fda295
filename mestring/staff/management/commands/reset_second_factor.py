"""`manage.py reset_second_factor NAME`: for the last administrator, whose phone and recovery codes are lost."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mestring.staff.second_factor.codes import reset_second_factor


class Command(BaseCommand):
    """Take the second step of a login away. The access log says so; the next login sets it up anew."""

    help = "Take the second step of a colleague's login away: phone and recovery codes are lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name to log in with."""
        parser.add_argument("name")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        """Reset the colleague, or say that there is none of this name."""
        person = User.objects.filter(username=name, is_staff=True).first()
        if person is None:
            raise CommandError(_("No colleague logs in with this name."))
        reset_second_factor(person)
        self.stdout.write(_("%(name)s sets the second step up anew with the next login.") % {"name": name})
