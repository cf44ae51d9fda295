"""`manage.py erase_expired`: erase closed inquiries whose days are over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from contact.retention import erase_expired


class Command(BaseCommand):
    """Also runs once an hour inside `deliver`."""

    help = "Erase inquiries that have been closed for INQUIRY_RETENTION_DAYS days."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say how many are gone."""
        self.stdout.write(_("Erased inquiries: %(count)s") % {"count": erase_expired()})
