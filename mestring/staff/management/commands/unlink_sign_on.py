"""`manage.py unlink_sign_on NAME`: for a colleague whose account at the provider is lost, or is another now."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mestring.staff.sign_on.links import unlink


class Command(BaseCommand):
    """Take a colleague's connection with the provider away. The password counts again; the access log says so."""

    help = "Take a colleague's connection with the provider of single sign-on away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name to log in with."""
        parser.add_argument("name")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        """Unlink the colleague, or say that there is nothing to take away."""
        person = User.objects.filter(username=name, is_staff=True).first()
        if person is None:
            raise CommandError(_("No colleague logs in with this name."))
        if not unlink(person):
            raise CommandError(_("This colleague is not connected with a provider."))
        self.stdout.write(_("%(name)s logs in with the password again.") % {"name": name})
