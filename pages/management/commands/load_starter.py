"""`load_starter`: write the starter pages that staff have not touched."""

from typing import Any

from django.core.management.base import BaseCommand

from pages.starter.loader import load


class Command(BaseCommand):
    """Idempotent; never overwrites what staff changed."""

    help = "Write the starter pages. Pages that staff changed or deleted are left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        written = load()
        self.stdout.write(
            f"Starter pages written: {len(written)}" + (f" ({', '.join(written)})" if written else "")
        )
