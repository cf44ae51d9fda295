"""A new recovery paper for one that is lost, stolen or worn.

It is made and printed first; the old one counts until somebody has typed the print. Then, in one transaction,
every generation is sealed to the new one, a new generation starts that the old one never opened, and the grants
of the old one go. The new secret is on the print alone: in no table, and in a file only when a terminal asked.
"""

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.keys.generations import Refused, hold_keyring, new_generation, opened
from contact.keys.grants import give
from contact.keys.keyring import KeysMissing, Opener, newest_key
from contact.keys.recovery_paper import PaperWrong, key_on, new_paper
from contact.models import AccessEntry, Grant, InboxKey, NewPaper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
RECOVERY = Grant.Principal.RECOVERY
HOW_TO_PROVE = "«Hvem kan åpne innboksen» / manage.py inbox replace-paper"
# Two papers that look alike get mixed up in the safe.
MADE = """
Laget {day}. Når dette er prøvd, åpner eldre ark ingenting.
Made {day}. Once proven, older papers open nothing.
"""
ONLY_ROW = 1


def is_waiting() -> bool:
    """Say whether a new paper is printed and not proven yet."""
    return NewPaper.objects.exists()


def print_new(opener: Opener, by: "User | None" = None) -> str:
    """Return the text of a new paper, in place of one that was made and not proven. The one in use still counts.

    Whoever cannot carry it through later is told now. Raises KeysMissing, Refused.
    """
    text = new_paper(HOW_TO_PROVE) + MADE.format(day=timezone.localdate())
    with transaction.atomic():
        hold_keyring()
        _open_all(opener)
        columns = {"public_key": key_on(text).public_key().public_bytes_raw(), "made_at": timezone.now()}
        NewPaper.objects.update_or_create(pk=ONLY_ROW, defaults=columns)
        note(Action.PAPER_PRINTED, by)
    return text


def replace(typed: str, opener: Opener, by: "User | None" = None) -> None:
    """Put the new paper in the place of the old one, once it is typed. Raises PaperWrong, KeysMissing, Refused."""
    try:
        public = key_on(typed).public_key().public_bytes_raw()
        with transaction.atomic():
            hold_keyring()
            waiting = NewPaper.objects.filter(pk=ONLY_ROW).first()
            if waiting is None:
                raise Refused(_("No new paper has been made. Make one first."))
            if bytes(waiting.public_key) != public:
                raise PaperWrong(_("This is not the paper that was made last."))
            _seal_to(public, opener, by)
            waiting.delete()
            note(Action.PAPER_REPLACED, by)
    except PaperWrong:
        note(Action.PAPER_WRONG, by)
        raise


def keep_old(by: "User | None" = None) -> None:
    """Forget the new paper: the old one has been found. A second click changes nothing."""
    with transaction.atomic():
        hold_keyring()
        if NewPaper.objects.all().delete()[0]:
            note(Action.PAPER_KEPT, by)


def _seal_to(paper: bytes, opener: Opener, by: "User | None") -> None:
    known, now = _open_all(opener), timezone.now()
    new_generation(opener, by, paper=paper)
    Grant.objects.filter(principal=RECOVERY, key__in=known).delete()
    for key, private in known.items():
        give(key, private, RECOVERY, paper, proven_at=now)


def _open_all(opener: Opener) -> dict[InboxKey, X25519PrivateKey]:
    """Return every generation that the paper opens, opened: what is left out, no paper would open any more."""
    newest, found = newest_key(), {}
    for key in InboxKey.objects.filter(grants__principal=RECOVERY).order_by("-generation"):
        try:
            found[key] = opened(opener, key)
        except KeysMissing:
            if key == newest:
                raise
            raise Refused(
                _("There are older inquiries that you cannot open. A colleague who can must make the new paper.")
            ) from None
    return found
