"""Stems of words, and the words that a question is about."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer

from mestring.typed_text.invisible_signs import without_invisible_signs
from pages.search.words import whole_words_in, words_in

STEMMERS = {"nb": "norwegian", "nn": "norwegian", "en": "english"}
# The stemmer cuts "-leg" as it does from adjectives: "fastlege" (doctor) would become "fast".
DOCTOR = re.compile(r"((?:fast|over|tann|vakt|kommune|sykehus|sjukehus)leg)(?:e|en|er|ene|ar|ane)?s?")
LONGEST_QUESTION = 200  # characters of a question
MOST_WORDS = 10  # words of a question


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of one word as it is compared."""
    if language != "en" and (doctor := DOCTOR.fullmatch(word)):
        return doctor[1]
    # A new stemmer each time: it holds the word that it works on, so two threads must not share one.
    return snowballstemmer.stemmer(STEMMERS[language]).stemWord(word) or word


def stems(text: str, language: str) -> str:
    """Return the stem of every word, in order, with a space on either side of each."""
    return "".join(f" {stem(word, language)}" for _start, _end, word in words_in(text)) + " "


def clean_question(question: str) -> str:
    """Return a question on one line, without control and invisible signs, each letter as one character."""
    seen = without_invisible_signs(question)
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in seen)
    return " ".join(unicodedata.normalize("NFC", printable).split())


@cache
def word_lists() -> dict[str, Any]:
    """Return the word lists of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def small_words(language: str) -> set[str]:
    """Return the words that tell nothing of what a question is about."""
    return set(word_lists()["small"][STEMMERS[language]])


@cache
def same_meaning(language: str) -> dict[str, set[str]]:
    """Return for each stem that words.toml has under "alike" the stems of words for the same."""
    alike: dict[str, set[str]] = {}
    for line in word_lists()["alike"][STEMMERS[language]]:
        group = {stem(word, language) for word in line.split()}
        for one in group:
            alike.setdefault(one, set()).update(group)
    return alike


def asks_for_our_answer(question: str) -> bool:
    """Say whether a sender may ask here for what we have answered, in any language."""
    words = {found.word for found in words_in(clean_question(question)[:LONGEST_QUESTION])}
    return not words.isdisjoint(word_lists()["answer"]["words"])


def question_words(question: str, language: str) -> list[str]:
    """Return the words to look for, each once; stop words only when there is no other."""
    words = list(
        dict.fromkeys(found.word for found in whole_words_in(clean_question(question)[:LONGEST_QUESTION]))
    )
    telling = [word for word in words if word not in small_words(language)]
    return (telling or words)[:MOST_WORDS]
