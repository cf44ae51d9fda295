"""Recognise a question that a visitor asks in danger, so that the answer begins with whom to ring."""

import re
from difflib import get_close_matches
from functools import cache

from pages.search.stemming import WORD, clean_question, word_lists

LONGEST_READ = 2_000  # characters: far more than a search field is used for
SHORTEST_MISSPELT = 7  # letters; shorter words have too many harmless neighbours


def tells_of_a_crisis(question: str) -> bool:
    """Say whether the question holds a word or phrase of the list, in any language."""
    words = [word.lower() for word in WORD.findall(clean_question(question[:LONGEST_READ]))]
    spaced = f" {' '.join(words)} "
    return any(pattern.search(spaced) for pattern in patterns()) or any(is_misspelt(word) for word in words[:40])


def is_misspelt(word: str) -> bool:
    """Say whether a word is one of the long single words with a typing error."""
    near = get_close_matches(word, single_words(), n=1, cutoff=0.85)
    return len(word) >= SHORTEST_MISSPELT and bool(near)


@cache
def phrases() -> list[str]:
    """Return the list of all languages, each phrase as words with single spaces."""
    listed = [phrase for language in word_lists()["crisis"].values() for phrase in language]
    return [" ".join(re.findall(r"[^\W_]+\*?", phrase)) for phrase in listed]


@cache
def patterns() -> list[re.Pattern[str]]:
    """Return each phrase as a pattern of whole words; a star is any ending."""
    return [re.compile(f" {phrase.replace('*', '[^ ]*')} ") for phrase in phrases()]


@cache
def single_words() -> list[str]:
    """Return the words that are recognised with a typing error too."""
    words = [phrase.rstrip("*") for phrase in phrases() if " " not in phrase]
    return [word for word in words if len(word) >= SHORTEST_MISSPELT]
