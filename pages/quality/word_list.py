"""The word lists of words.toml, and where their words stand in a text.

An entry of the file is one idea in three languages. Each word is written once with its endings, "narkoman|e|en".
An editor gives a reason for the part before the first bar; it holds for every ending.
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
class ListedWord:
    """One word to think twice about, in one language."""

    kind: str
    word: str
    idea: int
    instead: str

    @property
    def why(self) -> str:
        """Return the reason against the word, in the editor's language."""
        idea = word_lists()[self.kind][self.idea]
        return str(idea.get(get_language() or SOURCE, idea[SOURCE])["why"])


@dataclass(frozen=True)
class WordHit:
    """Where a listed word stands in a text."""

    word: ListedWord
    start: int
    text: str


@cache
def word_lists() -> dict[str, Any]:
    """Return the content of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def pattern(written: str) -> str:
    """Return the expression for "base|ending|ending"; an -s of possession is always allowed."""
    base, *endings = written.split("|")
    phrase = r"\s+".join(re.escape(part) for part in base.split())
    last = "|".join(["", *map(re.escape, endings)]) if endings else ""
    return f"{phrase}(?:{last})s?"


@cache
def listed_words(language: str) -> list[tuple[ListedWord, str]]:
    """Return every word of a language with its expression."""
    found = []
    for kind in KINDS:
        for number, idea in enumerate(word_lists()[kind]):
            listed = idea[language]
            for written in listed["words"]:
                word = written.split("|")[0]
                found.append((ListedWord(kind, word, number, listed["instead"]), pattern(written)))
    return found


@cache
def _lowered(language: str) -> tuple[str, ...]:
    return tuple({listed.word.lower() for listed, _expression in listed_words(language)})


@cache
def _expressions(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # The longest first, so that "bli helt frisk" is not read as "helt frisk".
    numbered = sorted(enumerate(listed_words(language)), key=lambda one: -len(one[1][1]))
    words = "|".join(f"(?P<n{number}>{expression})" for number, (_entry, expression) in numbered)
    ideas = [idea[language] for kind in KINDS for idea in word_lists()[kind]]
    harmless = "|".join(pattern(phrase) for listed in ideas for phrase in listed.get("but_not", [])) or r"(?!)"
    return tuple(re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE) for one in (words, harmless))  # type: ignore[return-value]  # two in, two out


def find_listed_words(text: str, language: str) -> Iterator[WordHit]:
    """Yield the listed words that stand in a text as whole words, but not inside a harmless phrase."""
    # Most texts have no listed word, and this test is much quicker than the expressions.
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
            yield WordHit(listed_words(language)[number][0], found.start(), found[0])


def entry_for(language: str, word: str) -> ListedWord | None:
    """Return a word of the list by the part that a reason names."""
    return next((listed for listed, _expression in listed_words(language) if listed.word == word), None)
