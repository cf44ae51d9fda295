"""`manage.py inbox …`: the ceremony at a terminal, reading with the recovery paper, and checking the access log.

Passphrases and the paper's lines are typed unseen, or come on stdin; no argument ever carries one.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit import access_log, verification
from contact.audit.hash_chain import newest_link
from contact.cases.reading import open_messages, open_with_paper, unseal
from contact.cases.reply_marks import begin_marks
from contact.crypto.passphrase import PassphraseWeak, PassphraseWrong
from contact.crypto.sealing import SealBroken
from contact.keys import key_holders, recovery
from contact.keys.first_generation import describe_lost_pins, make_keyring
from contact.keys.keyring import KeyringRefused, KeysMissing
from contact.keys.recovery_paper import PaperWrong
from contact.management.ceremony_command import CeremonyCommand
from contact.management.terminal import read_paper
from contact.models import AccessEntry, InboxKey, Inquiry
from contact.references import references_in
from contact.unlocking.tries import TooManyTries

EXPLAINED = (PaperWrong, KeysMissing, KeyringRefused, PassphraseWeak, PassphraseWrong, TooManyTries)


class Command(CeremonyCommand):
    """Never prints a secret. An opened inquiry goes to stdout only because the operator asked for it."""

    help = "Make the inbox's keys, or read the inbox with the recovery paper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb per job."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("setup", help="Make the keyring if there is none.")
        verbs.add_parser("prove", help="Type the printed recovery paper, to show that it opens the inbox.")
        self.add_ceremony_verbs(verbs)
        opening = verbs.add_parser("open", help="Print one inquiry.")
        opening.add_argument("reference")
        checking = verbs.add_parser("check", help="Count how many inquiries the paper opens.")
        audit = verbs.add_parser("audit", help="Show the head of the access log.")
        audit.add_argument(
            "--verify", action="store_true", help="Check all of it; fails when something was changed."
        )
        for verb in (opening, checking):
            verb.add_argument("--paper", type=Path, required=True, help="A file with the paper's four lines.")

    def handle(self, *_args: Any, verb: str, **options: Any) -> None:
        """Run the verb. A wrong paper or a broken seal ends with a sentence, not with a traceback."""
        try:
            getattr(self, f"{verb.replace('-', '_')}_inbox")(**options)
        except EXPLAINED as error:
            raise CommandError(str(error)) from None
        except SealBroken:
            raise CommandError(_("This inquiry does not open: what is stored has been changed.")) from None
        except BrokenPipeError:  # no file, but a reader of the output that has left: manage.py ends without a word
            raise
        except (OSError, UnicodeDecodeError):
            raise CommandError(_("The file cannot be read.")) from None

    def setup_inbox(self, **_options: Any) -> None:
        """Make the keyring and say where the paper lies."""
        lost_pins = describe_lost_pins()
        make_keyring()
        begin_marks()
        if lost_pins:
            self.stderr.write(lost_pins)
        if key_holders.paper_file().exists():
            place = {"file": key_holders.paper_file()}
            self.stdout.write(_("The recovery paper lies in %(file)s.") % place)
            self.stdout.write(_("Print it, prove the print with: manage.py inbox prove. Then delete the file."))

    def prove_inbox(self, **_options: Any) -> None:
        """Take the paper from stdin, where neither the list of processes nor the shell's history shows it."""
        recovery.prove_paper(read_paper())
        self.stdout.write(_("The recovery paper is proven: it opens the inbox."))
        if key_holders.paper_file().exists():
            self.stdout.write(
                _("Its file is still here. Delete it: %(file)s") % {"file": key_holders.paper_file()}
            )

    def open_inbox(self, reference: str, paper: Path, **_options: Any) -> None:
        """Print every inquiry with this reference; two sharing one is possible, if barely."""
        found = list(Inquiry.objects.filter(reference__in=references_in(reference)))
        if not found:
            raise CommandError(_("There is no inquiry with this reference."))
        text = paper.read_text(encoding="utf-8")
        for inquiry in found:
            for name, answer in open_with_paper(inquiry, text).items():
                self.stdout.write(f"{name}: {answer}")
            for entry in open_messages(inquiry, lambda key: key_holders.open_with_recovery(key, text)):
                self.stdout.write(f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M} {entry.kind}: {entry.as_text}")

    def check_inbox(self, paper: Path, **_options: Any) -> None:
        """Print how many inquiries the paper opens, and none of them."""
        text = paper.read_text(encoding="utf-8")
        access_log.note(AccessEntry.Action.PAPER_CHECKED)  # it opens every one of them
        private = {key.pk: key_holders.open_with_recovery(key, text) for key in InboxKey.objects.all()}
        total = opened = 0
        for inquiry in Inquiry.objects.iterator(chunk_size=500):
            total += 1
            try:
                unseal(inquiry, private[inquiry.key_id])
                opened += 1
            except SealBroken:
                self.stderr.write(_("Does not open: %(reference)s") % {"reference": inquiry.reference})
        self.stdout.write(_("%(opened)s of %(total)s inquiries open.") % {"opened": opened, "total": total})

    def audit_inbox(self, *, verify: bool, **_options: Any) -> None:
        """Print what was checked, or end with what is broken. Nothing is repaired."""
        if verify:
            report = verification.verify()
            for number in report.unreadable:
                self.stderr.write(
                    _("Line %(number)s of the file with the heads cannot be read.") % {"number": number}
                )
            if report.broken:
                raise CommandError("\n".join(report.broken))
            counted = {"links": report.links, "heads": report.heads, "dropped": report.dropped}
            self.stdout.write(_("The access log is as it was written."))
            self.stdout.write(_("Entries: %(links)s. Heads: %(heads)s. Months dropped: %(dropped)s.") % counted)
        if head := newest_link():
            self.stdout.write(f"{head.segment.month} {head.number} {head.digest}")
