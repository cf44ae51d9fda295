"""`manage.py migrate`: Django's, one deployment at a time."""

from typing import Any

from django.core.management.commands import migrate

from mestring.staff.deployment_turn import deployment_turn


class Command(migrate.Command):
    """Waits while another machine migrates the same database."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with deployment_turn():
            super().handle(*args, **options)
