"""Proving the recovery paper, and replacing one that is lost, stolen or worn.

*Proving*: an administrator types what was printed before the site relies on it. Reading the file would prove only
the file; typing from the print shows that it was printed whole, can be read, and can be found.

*Replacing*: the new paper is made and printed first, and the old one counts until the print is typed. Then, in one
transaction, every generation is sealed to the new paper, a new generation starts that the old paper never opened,
and the old paper's grants go. The new secret is on the print alone: in no table, and in a file only when a
terminal asked for one.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.access_log import note
from contact.keys import key_holders
from contact.keys.chain import open_all
from contact.keys.generations import new_generation, take_grants
from contact.keys.grants import create_grant, record_holder
from contact.keys.keyring import KeyringRefused, Opener, is_private_half, lock_keyring, newest_key, pin_removed
from contact.keys.recovery_paper import PaperWrong, key_on, new_paper
from contact.models import AccessEntry, Grant, InboxKey, NewPaper
from contact.permissions import may_read_inbox

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
RECOVERY = Grant.Principal.RECOVERY
HOW_TO_PROVE = "«Hvem kan åpne innboksen» / manage.py inbox replace-paper"
# The date, because two papers that look alike get mixed up in the safe.
MADE_ON = """
Laget {day}. Når dette er prøvd, åpner eldre ark ingenting.
Made {day}. Once proven, older papers open nothing.
"""
ONLY_ROW = 1


def prove_paper(typed: str, user: "User | None" = None) -> None:
    """Prove the newest generation's paper. Both outcomes are logged, never what was typed.

    Raises PaperWrong, KeysMissing.
    """
    key = newest_key()
    try:
        with transaction.atomic():
            lock_keyring()
            _prove(key, typed)
            note(Action.PAPER_PROVEN, user)
    except PaperWrong:
        note(Action.PAPER_WRONG, user)
        raise


def paper_opener(typed: str, user: "User | None" = None) -> Opener:
    """Return what opens with the paper that was typed. A wrong paper is logged; a right one counts as proof.

    While the newest generation is not pinned nothing is proven, and a new key can be made with the paper all the
    same. Raises PaperWrong, KeysMissing.
    """
    with suppress(KeyringRefused):
        prove_paper(typed, user)
    return lambda key: key_holders.open_with_recovery(key, typed)


def paper_left_to_do() -> str:
    """Return the next step for administrators: "prove", then "delete" the file, then nothing."""
    if not key_holders.is_paper_proven():
        return "prove"
    return "delete" if key_holders.paper_file().exists() else ""


def is_new_paper_waiting() -> bool:
    """Say whether a new paper is printed and not proven yet."""
    return NewPaper.objects.exists()


def print_new_paper(opener: Opener, by: "User | None" = None) -> str:
    """Return the text of a new paper, in place of one that was made and not proven. The one in use still counts.

    Opens every generation now, so that a keyholder who could not carry the replacement through is told before
    printing. Raises KeysMissing, KeyringRefused.
    """
    text = new_paper(HOW_TO_PROVE) + MADE_ON.format(day=timezone.localdate())
    with transaction.atomic():
        lock_keyring()
        open_all(opener)
        columns = {
            "public_key": key_on(text).public_key().public_bytes_raw(),
            "made_at": timezone.now(),
            "made_by": by,
        }
        NewPaper.objects.update_or_create(pk=ONLY_ROW, defaults=columns)
        note(Action.PAPER_PRINTED, by)
    return text


def show_first_paper(by: "User | None" = None) -> str:
    """Return the paper that was made with the inbox, once: its file goes. Raises KeysMissing.

    Logged before the file goes: a crash in between leaves the file, which can be shown again.
    """
    text = key_holders.read_paper_file()
    note(Action.PAPER_SHOWN, by)
    key_holders.paper_file().unlink(missing_ok=True)
    return text


def replace_paper(typed: str, opener: Opener, by: "User | None" = None) -> None:
    """Put the new paper in the old one's place, once it is typed; on a live site, by another than who printed it.

    Raises PaperWrong, KeysMissing, KeyringRefused.
    """
    try:
        public = key_on(typed).public_key().public_bytes_raw()
        with transaction.atomic():
            lock_keyring()
            waiting = NewPaper.objects.filter(pk=ONLY_ROW).first()
            if waiting is None:
                raise KeyringRefused(_("No new paper has been made. Make one first."))
            if not has_a_printer(waiting):
                raise KeyringRefused(
                    _(
                        "The colleague who printed this paper is not named, or no longer reads inquiries, and may "
                        "have kept its lines. Make a new one."
                    )
                )
            if must_another_type(waiting, by):
                raise KeyringRefused(
                    _(
                        "Another colleague who can open the inbox must type the new paper. Otherwise one person "
                        "alone could make a key to everything."
                    )
                )
            if bytes(waiting.public_key) != public:
                raise PaperWrong(_("This is not the paper that was made last."))
            gone = _seal_to(public, opener, by)
            waiting.delete()
            note(Action.PAPER_REPLACED, by)
            for holder in gone - {public}:  # last, as it cannot be taken back
                pin_removed(holder)
    except PaperWrong:
        note(Action.PAPER_WRONG, by)
        raise


def is_for_another_to_type(user: "User") -> bool:
    """Say whether a new paper waits that another colleague has to type."""
    waiting = NewPaper.objects.filter(pk=ONLY_ROW).first()
    return waiting is not None and must_another_type(waiting, user)


def must_another_type(waiting: NewPaper, by: "User | None") -> bool:
    """Say whether this person may not type the paper that waits: a paper for a live site takes two."""
    return settings.MODE == "live" and (by is None or waiting.made_by_id == by.pk)


def has_a_printer(waiting: NewPaper) -> bool:
    """Say whether a colleague who may read has printed the paper that waits; on a live site no other counts."""
    return settings.MODE != "live" or (waiting.made_by is not None and may_read_inbox(waiting.made_by))


def keep_old_paper(by: "User | None" = None) -> None:
    """Discard the new paper, when the old one has been found. A second click changes nothing."""
    with transaction.atomic():
        lock_keyring()
        if NewPaper.objects.all().delete()[0]:
            note(Action.PAPER_KEPT, by)


def _prove(key: InboxKey, typed: str) -> None:
    inbox = key_holders.open_with_recovery(key, typed)
    if not is_private_half(inbox, key):
        # The paper opens its grant, but what is inside opens no inquiry that is sealed today.
        raise PaperWrong(key_holders.OTHER_INBOX)
    grant = key.grants.get(principal=RECOVERY)
    record_holder(grant, inbox, key_on(typed).public_key().public_bytes_raw())
    grant.proven_at = timezone.now()
    grant.save(update_fields=["proven_at"])


def _seal_to(paper: bytes, opener: Opener, by: "User | None") -> set[bytes]:
    """Seal every generation, and a new one, to this paper; return the public halves of those before it."""
    private_halves, now = open_all(opener), timezone.now()
    new_generation(opener, by, paper=paper)
    gone = take_grants(Grant.objects.filter(principal=RECOVERY, key__in=private_halves))
    for key, inbox in private_halves.items():
        create_grant(key, inbox, RECOVERY, paper, proven_at=now)
    return gone
