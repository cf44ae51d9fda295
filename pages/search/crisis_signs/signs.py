"""The lines of crisis.toml: each has slots, and each slot has the words that may stand there."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pages.search.crisis_signs.spelling import keys, normal, shortened

CRISIS_FILE = Path(__file__).parent.with_name("crisis.toml")
ALONE = "alone: "  # before the slot of a line of one word
FIRST = 3  # letters of a word with stars on both sides: it has no fewer
LONGEST_STARRED = 14  # letters of a word with one star


class Sign(NamedTuple):
    """A line: how many words of each slot it asks for, and how many words in all."""

    slots: tuple[tuple[str, int], ...]
    length: int


class Words:
    """The slots of each word: of one that stands as it is, and of one with a star after, before or around it."""

    def __init__(self, slots: dict[str, list[str]]) -> None:
        self.by_stars: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
        self.whole, self.beginnings, self.endings, self.insides = self.by_stars
        self.begun_insides: dict[str, set[str]] = {}
        self.short_of_a_letter: dict[str, set[str]] = {}
        of_word: dict[str, set[str]] = {}
        for slot, listed in slots.items():
            for word in listed:
                of_word.setdefault(word, set()).add(slot)
        for word, its_slots in of_word.items():
            self.add(word, its_slots)

    def add(self, word: str, slots: set[str]) -> None:
        """Enter a word under each way in which it is written."""
        by_stars = self.by_stars[word.endswith("*") + 2 * word.startswith("*")]
        for key in keys(word):
            by_stars.setdefault(key, set()).update(slots)
            if by_stars is self.insides:
                self.begun_insides.setdefault(key[:FIRST], set()).add(key)
            for part in shortened(key):
                self.short_of_a_letter.setdefault(part, set()).add(key)


@cache
def crisis_file() -> dict[str, Any]:
    """Return what crisis.toml holds."""
    return tomllib.loads(CRISIS_FILE.read_text(encoding="utf-8"))


def lines() -> list[str]:
    """Return the lines of every part and language as they stand in the file."""
    parts = [part for name, part in crisis_file().items() if name not in ("alike", "harmless")]
    return list(dict.fromkeys(line for languages in parts for listed in languages.values() for line in listed))


def words_in(languages: dict[str, str]) -> list[str]:
    """Return the words of a group in every language."""
    return " ".join(languages.values()).split()


@cache
def alternatives(slot: str) -> list[str]:
    """Return the words that may stand for one word of a line."""
    found = []
    for name in slot.split("/"):
        group = crisis_file()["alike"].get(name)
        found += [word for part in words_in(group) for word in alternatives(part)] if group else [name]
    return found


def slots_of(line: str) -> list[str]:
    """Return the slots of a line."""
    slots = line.split()
    return slots if len(slots) > 1 else [ALONE + line]


@cache
def signs() -> list[Sign]:
    """Return every line as what it asks for."""
    return [Sign(tuple(Counter(slots_of(line)).items()), len(slots_of(line))) for line in lines()]


@cache
def words() -> Words:
    """Return every word of the lines."""
    slots = {slot for line in lines() for slot in slots_of(line)}
    return Words({slot: alternatives(slot.removeprefix(ALONE)) for slot in slots})


def right_words() -> set[str]:
    """Return the words of the file that are no misspelling of another."""
    return {normal(word) for word in words_in(crisis_file()["harmless"]["spelt_right"])}
