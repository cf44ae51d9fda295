"""What an attacker would guess of a passphrase: lines that everybody knows by heart, and what `zxcvbn` finds.

`zxcvbn` knows English words, names, keyboards and dates; the clinic's words and the most common Norwegian ones
come from a list of ours. It is asked beside our own rules (contact.crypto.passphrase), never instead of them:
those are what a colleague is told, and they stay the same when its lists change.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "wordlists"
SHORTEST_RUN = 3  # words in a row that show that a line is meant
LEAST_GUESSES = 10**15
JUDGED = 72  # signs that zxcvbn is asked about: its time grows with the square of the length


def without_known_lines(letters: str) -> str:
    """Return the letters without three or more words in a row of a song, a hymn, a proverb or the like."""
    for run in _runs_of_known_lines():
        letters = letters.replace(run, "")
    return letters


def is_guessed(letters: str, names: Iterable[str]) -> bool:
    """Say whether this takes few guesses. Divided words count as one: the space between them is no secret."""
    from zxcvbn import zxcvbn  # 14 MB of words, for the few processes in which a passphrase is chosen

    known = [name.casefold() for name in names if name]
    return bool(zxcvbn(letters[:JUDGED], user_inputs=[*known, *_words("common")])["guesses"] < LEAST_GUESSES)


@cache
def _runs_of_known_lines() -> list[str]:
    """Return every run of words, the longest first, so that a whole line goes before a part of it."""
    runs: set[str] = set()
    for line in (LISTS / "known_lines.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        ends = ((start, end) for start in range(len(words)) for end in range(start + SHORTEST_RUN, len(words) + 1))
        runs.update("".join(words[start:end]) for start, end in ends)
    return sorted(runs, key=len, reverse=True)


@cache
def _words(name: str) -> list[str]:
    return (LISTS / f"{name}.txt").read_text(encoding="utf-8").split()
