"""`manage.py setup_site`: what a new or updated site needs before it serves. Run it at every deployment."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import connection

from contact.cases.reply_marks import begin_marks
from contact.keys.first_generation import describe_lost_pins, make_keyring
from contact.keys.key_holders import paper_file
from contact.starter.reply_templates import load_reply_templates
from mestring.backup.work_folder import remove_abandoned
from mestring.config.database import JOURNAL_MODE
from mestring.roles import RIGHTS, ensure_roles
from mestring.staff.deployment_turn import deployment_turn
from pages.search.index import reindex

DOMAIN = "mestringshusene.example"  # no mail leaves a demo
PAPER = "Print it, prove the print (manage.py inbox prove), lock it away, and delete the file."


def what_is_left() -> Iterator[str]:
    """Say the first steps of a live site that are still to do; nothing once they are done."""
    if paper_file().exists():
        yield f"The recovery paper of the inbox lies in {paper_file()}. {PAPER}\n"
    if not User.objects.filter(is_active=True).exists():
        yield "No colleague can log in yet: manage.py invite_administrator NAME ADDRESS\n"


class Command(BaseCommand):
    """Idempotent: journal mode, roles, inbox keys, reply templates, search entries, and once a login."""

    help = (
        "Set up journal mode, roles, inbox keys, reply templates, search entries and, once, a first staff login."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with deployment_turn():
            self.set_up()

    def set_up(self) -> None:
        """Make what is missing."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")
        ensure_roles()
        lost_pins = describe_lost_pins()
        make_keyring()
        begin_marks()
        load_reply_templates()
        reindex()
        remove_abandoned()  # clear rows of a restore, a check or a backup that was killed
        if settings.MODE == "demo" and not User.objects.exists():
            self.first_login()
        if lost_pins:
            self.stderr.write(lost_pins)
        if settings.MODE == "live":
            self.stdout.writelines(what_is_left())

    def first_login(self) -> None:
        """Make an administrator with every role, and print the password once; only its hash is stored."""
        password = "-".join(secrets.token_hex(3) for _ in range(4))
        user = User.objects.create_superuser("admin", f"admin@{DOMAIN}", password)
        user.groups.set(Group.objects.filter(name__in=RIGHTS))
        self.stdout.write(
            "\n  Staff login (shown only this once)\n"
            f"    name:      admin\n    password:  {password}\n"
            f"  The recovery paper of the inbox lies in {paper_file()}.\n"
            f"  {PAPER}\n"
        )
