"""A passphrase that is offered: six words drawn from a list of 1,024 that we wrote ourselves, 60 bits in all."""

import secrets
from functools import cache

from contact.crypto.guessing import LISTS

WORDS = 6


def offer_passphrase() -> str:
    """Return words drawn by lot. They are shown once, and stored nowhere."""
    return " ".join(secrets.choice(offered_words()) for _word in range(WORDS))


@cache
def offered_words() -> list[str]:
    """Return the list: plain Norwegian words of four to eight letters that bring no patient to mind."""
    return (LISTS / "offered.txt").read_text(encoding="utf-8").split()
