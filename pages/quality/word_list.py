"""The word lists of words.toml, ready to be looked for.

An entry is one idea in three languages. Each word is written once with its endings, "narkoman|e|en":
the part before the first bar is what a reason is given for, whichever ending stands in the text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from pages.languages import LANGUAGES

SOURCE = LANGUAGES[0]
KINDS = ("stigma", "promise")


@dataclass(frozen=True)
class Entry:
    """One word to think twice about, in one language."""

    kind: str
    word: str
    idea: int
    instead: str

    @property
    def why(self) -> str:
        """Return why, in the language of the person who asks."""
        idea = lists()[self.kind][self.idea]
        return str(idea.get(get_language() or SOURCE, idea[SOURCE])["why"])


@dataclass(frozen=True)
class Hit:
    """Where an entry's word stands in a text."""

    entry: Entry
    start: int
    text: str


@cache
def lists() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def pattern(written: str) -> str:
    """Return the expression for "base|ending|ending"; an -s of possession is always allowed."""
    base, *endings = written.split("|")
    phrase = r"\s+".join(re.escape(part) for part in base.split())
    last = "|".join(["", *map(re.escape, endings)]) if endings else ""
    return f"{phrase}(?:{last})s?"


@cache
def entries(language: str) -> list[tuple[Entry, str]]:
    """Return every word of a language with its expression."""
    found = []
    for kind in KINDS:
        for number, idea in enumerate(lists()[kind]):
            said = idea[language]
            for written in said["words"]:
                word = written.split("|")[0]
                found.append((Entry(kind, word, number, said["instead"]), pattern(written)))
    return found


@cache
def _lowered(language: str) -> tuple[str, ...]:
    return tuple({entry.word.lower() for entry, _expression in entries(language)})


@cache
def _expressions(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # The longest first, so that "bli helt frisk" is not read as "helt frisk".
    numbered = sorted(enumerate(entries(language)), key=lambda one: -len(one[1][1]))
    words = "|".join(f"(?P<n{number}>{expression})" for number, (_entry, expression) in numbered)
    ideas = [idea[language] for kind in KINDS for idea in lists()[kind]]
    harmless = "|".join(pattern(phrase) for said in ideas for phrase in said.get("but_not", [])) or r"(?!)"
    return tuple(re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE) for one in (words, harmless))  # type: ignore[return-value]  # two in, two out


def look_for(text: str, language: str) -> Iterator[Hit]:
    """Return the entries' words that stand in the text as words of their own, but not in a harmless phrase."""
    # Nearly every text has none of the words, and to see that is much quicker than to look for each.
    lowered = " ".join(text.lower().split())
    if not any(word in lowered for word in _lowered(language)):
        return
    words, harmless = _expressions(language)
    spans: list[tuple[int, int]] | None = None
    for found in words.finditer(text):
        if spans is None:
            spans = [one.span() for one in harmless.finditer(text)]
        if not any(start <= found.start() and found.end() <= end for start, end in spans):
            number = int(str(found.lastgroup)[1:])
            yield Hit(entries(language)[number][0], found.start(), found[0])


def entry_for(language: str, word: str) -> Entry | None:
    """Return the entry of a word as a reason names it."""
    return next((entry for entry, _expression in entries(language) if entry.word == word), None)
