"""The lines of crisis.toml as patterns. The head of that file says how a line is read."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pages.search.stemming import WORD, clean_question

# How people write who lack the letters, in words that are long enough to be known without them.
FOREIGN_LETTERS = {"ø": "(?:ø|oe|o)", "å": "(?:å|a)", "æ": "(?:æ|ae|a)"}
FOREIGN_LETTERS_OF_SHORT_WORDS = {"ø": "(?:ø|oe)", "æ": "(?:æ|ae)"}
SHORT = 3  # letters
DOUBLED = re.compile(r"([^\W\d])\1+")
APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´＇](?=\w)")


class Sign(NamedTuple):
    """A line of the file: a pattern for each of its words, and one for all of them written as one."""

    words: tuple[re.Pattern[str], ...]
    as_one: re.Pattern[str]


@cache
def signs() -> list[Sign]:
    """Return every line of every part and language."""
    return [sign_of(line) for line in dict.fromkeys(lines())]


@cache
def long_words(letters: int) -> frozenset[str]:
    """Return the file's words with at least so many letters."""
    written = {word.replace("*", "") for line in lines() for part in line.split() for word in alternatives(part)}
    return frozenset(spelt for word in written for spelt in spell(word) if len(spelt) >= letters)


@cache
def crisis_file() -> dict[str, Any]:
    """Return what crisis.toml holds."""
    return tomllib.loads(Path(__file__).with_name("crisis.toml").read_text(encoding="utf-8"))


def lines() -> list[str]:
    """Return the lines as they stand in the file."""
    parts = [languages for name, languages in crisis_file().items() if name != "alike"]
    return [line for languages in parts for listed in languages.values() for line in listed]


def alternatives(part: str) -> list[str]:
    """Return the words that may stand for one word of a line."""
    alike = crisis_file()["alike"]
    return [word for name in part.split("/") for word in alike.get(name, name).split("/")]


def sign_of(line: str) -> Sign:
    """Return a line as patterns of whole words."""
    choices = ["(?:" + "|".join(pattern_of(word) for word in alternatives(part)) + ")" for part in line.split()]
    return Sign(tuple(whole_word(choice) for choice in choices), whole_word("".join(choices)))


def whole_word(pattern: str) -> re.Pattern[str]:
    """Return a pattern between spaces that belong to its neighbours too."""
    return re.compile(f"(?<= ){pattern}(?= )")


def pattern_of(word: str) -> str:
    """Return a word as a pattern, a star as anything."""
    (spelt,) = spell(word.replace("*", ""))
    for letter, ways in (FOREIGN_LETTERS if len(spelt) > SHORT else FOREIGN_LETTERS_OF_SHORT_WORDS).items():
        spelt = spelt.replace(letter, ways)
    return "[^ ]*" * word.startswith("*") + spelt + "[^ ]*" * word.endswith("*")


def spell(text: str) -> list[str]:
    """Return the words of a question or a line in the one way in which they are compared."""
    text = unicodedata.normalize("NFKC", APOSTROPHES.sub("", clean_question(text))).lower()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn")
    text = text.replace("ö", "ø").replace("ä", "æ")
    return [single_letters(word) for word in WORD.findall(text)]


def single_letters(word: str) -> str:
    """Return a word with one letter for two: no misspelling is more frequent."""
    return DOUBLED.sub(r"\1", word)
