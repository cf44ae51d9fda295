"""Proving the recovery paper: somebody types what was printed, before the site relies on it.

Reading the file would prove the file. Only typing from the paper shows that it was printed whole, that it
can be read, and that somebody knows where it is.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from contact.audit.access_log import note
from contact.keys import keyring
from contact.keys.recovery_paper import PaperWrong
from contact.models import AccessEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def prove(typed: str, user: "User | None" = None) -> None:
    """Prove the newest generation's paper. Both outcomes are logged, never what was typed.

    Raises PaperWrong, KeysMissing.
    """
    key = keyring.newest_key()
    try:
        with transaction.atomic():
            keyring.prove_paper(key, typed)
            note(Action.PAPER_PROVEN, user)
    except PaperWrong:
        note(Action.PAPER_WRONG, user)
        raise


def left_to_do() -> str:
    """Return the next step for administrators: "prove", then "delete" the file, then nothing."""
    if not keyring.is_paper_proven():
        return "prove"
    return "delete" if keyring.paper_file().exists() else ""
