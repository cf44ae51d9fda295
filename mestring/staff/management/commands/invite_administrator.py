"""`manage.py invite_administrator NAME ADDRESS`: the first colleague of a live site, or a way back in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from mestring.config.live_checks import is_address
from mestring.roles import ACCOUNTS, ensure_roles
from mestring.staff.accounts.invitations import send_link, welcome
from mestring.staff.accounts.links import path_of_link


class Command(BaseCommand):
    """Make an account with the role Kontoer, and print the link once by which its owner chooses a password."""

    help = "Invite a colleague who administers accounts; print the link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name to log in with, and the address."""
        parser.add_argument("name")
        parser.add_argument("address")

    def handle(self, *_args: Any, name: str, address: str, **_options: Any) -> None:
        """Make the account, or find it by name and address; print a link that holds for one use."""
        if not is_address(address):
            raise CommandError(_("This is no e-mail address."))
        ensure_roles()
        with transaction.atomic():
            person = User.objects.filter(username=name).first()
            if person is None:
                person = User(username=name, email=address, is_staff=True)
                person.set_unusable_password()
                person.save()
                person.groups.add(Group.objects.get(name=ACCOUNTS))
                welcome(person, None)
            elif person.email != address or not (person.is_active and person.is_staff):
                raise CommandError(_("There is an account of this name with another address, or it is closed."))
            else:
                send_link(person, None)
        self.stdout.write(settings.SITE_ADDRESS + path_of_link(person))
