"""`manage.py tell_operator UNIT`: what the service manager runs when a unit failed (deploy/debian/units)."""

import smtplib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mestring.operator_mail.sending import NoOperator, mail_operator


class Command(BaseCommand):
    """Mail the operator the unit's name and where to look. Never what it printed: that could name a person."""

    help = "Mail the operator that a unit of the service manager failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the unit's name."""
        parser.add_argument("unit")

    def handle(self, *_args: Any, unit: str, **_options: Any) -> None:
        """Send the mail past the database, which may be what failed. Raises CommandError when it is not taken."""
        text = _("%(unit)s failed. On the machine: systemctl status %(unit)s, and journalctl -u %(unit)s")
        subject = _("A part of the website failed: %(unit)s")
        try:
            mail_operator(subject % {"unit": unit}, text % {"unit": unit} + "\n")
        except NoOperator:
            raise CommandError(_("OPERATOR_MAIL names no address.")) from None
        except (OSError, smtplib.SMTPException) as error:
            raise CommandError(
                _("The mail server did not take it (%(kind)s).") % {"kind": type(error).__name__}
            ) from None
