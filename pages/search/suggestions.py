"""What a visitor may have meant by a misspelt word: the nearest words in the titles of pages."""

from collections.abc import Iterable
from difflib import get_close_matches

from pages.search.stemming import WORD, clean_question, question_words

SHORTEST = 4  # letters: shorter words have too many neighbours
MOST_WORDS = 5  # words


def suggest(question: str, titles: Iterable[str], language: str) -> str:
    """Return the question with each misspelt word as a title spells it; "" when nothing comes near."""
    known = {
        word
        for title in titles
        for word in map(str.lower, WORD.findall(clean_question(title)))
        if len(word) >= SHORTEST
    }
    words = question_words(question, language)[:MOST_WORDS]
    meant = [nearest(word, known) if len(word) >= SHORTEST else word for word in words]
    return " ".join(meant) if meant != words else ""


def nearest(word: str, known: set[str]) -> str:
    """Return the known word that is spelt most alike, or that a long compound ends with; else the word itself."""
    if word in known:
        return word
    if ending := [part for part in known if len(part) > SHORTEST and word.endswith(part)]:
        return max(ending, key=len)
    alike = sorted(part for part in known if abs(len(part) - len(word)) <= 2)
    return (get_close_matches(word, alike, n=1, cutoff=0.72) or [word])[0]
