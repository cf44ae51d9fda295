"""`manage.py check_links`: check whether the web addresses that pages name still work."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from pages.links.checker import MOST, check_links


class Command(BaseCommand):
    """Does nothing unless CHECK_LINKS is on. Run once a night: those asked longest ago come first."""

    help = "Check whether the web addresses that pages name still work. Off unless CHECK_LINKS is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--most", type=int, default=MOST, help=f"How many addresses, at most (default {MOST})."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what came of it."""
        if not settings.CHECK_LINKS:
            self.stdout.write(_("Links are not checked: CHECK_LINKS is off. Nothing was asked."))
            return
        counts = check_links(most=max(0, options["most"]))
        text = _("Links asked: %(all)s. Work: %(ok)s. Broken: %(broken)s. Cannot be told: %(unclear)s.")
        names = ("ok", "broken", "unclear")
        self.stdout.write(text % {"all": counts.total(), **{name: counts[name] for name in names}})
