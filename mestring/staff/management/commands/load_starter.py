"""`load_starter`: write the starter pages that staff have not touched."""

from typing import Any

from django.core.management.base import BaseCommand

from mestring.staff.deployment_turn import deployment_turn
from pages.starter.loader import load


class Command(BaseCommand):
    """Idempotent; never overwrites, publishes or takes down what staff decided."""

    help = "Write the starter pages. Pages that staff changed, took down or deleted are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        with deployment_turn():
            written = load(tell=lambda sentence: self.stdout.write(f"  {sentence}"))
        self.stdout.write(
            f"Starter pages written: {len(written)}" + (f" ({', '.join(written)})" if written else "")
        )
