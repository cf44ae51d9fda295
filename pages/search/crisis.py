"""Recognises a question that somebody asks in danger, so that the answer begins with whom to ring."""

import re
from difflib import get_close_matches
from functools import cache

from pages.search.stemming import WORD, clean, lists

READ = 2_000  # characters: far more than anybody types into a search field
SHORTEST_MISSPELT = 7  # letters; shorter words have too many harmless neighbours


def tells_of_a_crisis(question: str) -> bool:
    """Say whether the question holds a word or phrase of the list, in whichever language."""
    words = [word.lower() for word in WORD.findall(clean(question[:READ]))]
    said = f" {' '.join(words)} "
    return any(pattern.search(said) for pattern in patterns()) or any(misspelt(word) for word in words[:40])


def misspelt(word: str) -> bool:
    """Say whether a word is one of the long single words with a typing error."""
    near = get_close_matches(word, single_words(), n=1, cutoff=0.85)
    return len(word) >= SHORTEST_MISSPELT and bool(near)


@cache
def phrases() -> list[str]:
    """Return the list of all languages, each phrase as words with single spaces."""
    listed = [phrase for language in lists()["crisis"].values() for phrase in language]
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
