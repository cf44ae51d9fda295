"""`manage.py doctor`: what is wrong with this machine, and how it is mended."""

import smtplib
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mestring.doctor.examination import examine
from mestring.launch.mail_code import code_of


class Command(BaseCommand):
    """Ends with status 0 when nothing is wrong, 1 otherwise. English, as /readyz: monitoring reads both."""

    help = "Say what is wrong with this machine and how to mend it. Status 1 when anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Send a test mail only when asked to."""
        parser.add_argument("--mail", metavar="ADDRESS", help="Send a test mail there, too.")

    def handle(self, *_args: Any, mail: str | None, **_options: Any) -> None:
        """Examine the machine and print each finding."""
        if mail:
            self._send(mail)
        found = examine()
        for finding in found:
            self.stdout.write(str(finding))
        if settings.DOCTOR_LEAVES_OUT:
            self.stdout.write(f"Left out (DOCTOR_LEAVES_OUT): {', '.join(settings.DOCTOR_LEAVES_OUT)}.")
        if found:
            raise CommandError(f"{len(found)} things to mend.", returncode=1)
        self.stdout.write("Nothing is wrong.")

    def _send(self, address: str) -> None:
        words = _("A test mail from %(site)s. It reached you. The launch list asks for this code: %(code)s")
        text = words % {"site": settings.SITE_ADDRESS, "code": code_of(timezone.localdate())}
        try:
            EmailMessage(_("Test mail"), f"{text}\n", to=[address]).send()
        except (OSError, smtplib.SMTPException) as error:
            raise CommandError(f"The mail server did not take the test mail ({type(error).__name__}).") from None
        self.stdout.write("The mail server has taken the test mail. Look whether it arrives.")
