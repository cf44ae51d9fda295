"""What a visitor may have meant: the question with its misspelt words as a page spells them."""

from collections.abc import Iterable
from difflib import get_close_matches

from pages.search.result import IndexRow
from pages.search.stemming import LONGEST_QUESTION, clean_question
from pages.search.words import whole_words_in, words_in

MOST_PAGES = 10  # read for the ways in which a word is written


def respell(question: str, meant: dict[str, str], rows: Iterable[IndexRow]) -> str:
    """Return the question with each word in `meant` as pages write the stem it stands for; "" without any."""
    question = clean_question(question)[:LONGEST_QUESTION]
    written = {word: spelling(word, stem, rows) for word, stem in meant.items()}
    for found in reversed(whole_words_in(question)):
        if found.word in written:
            question = question[: found.start] + written[found.word] + question[found.end :]
    return question if written else ""


def spelling(word: str, stem: str, rows: Iterable[IndexRow]) -> str:
    """Return the word with this stem, as pages write it, that is most like the given one."""
    holding = [row for row in rows if f" {stem} " in row.stems][:MOST_PAGES]
    forms = dict.fromkeys(form for row in holding for form in forms_in(row, stem))
    return (get_close_matches(word, forms, n=1, cutoff=0) or [stem])[0]


def forms_in(row: IndexRow, stem: str) -> Iterable[str]:
    """Yield the words of a page with this stem."""
    title, _menu_title, lead, text = row.stems.split("\n")
    for words, stems in ((row.title, title), (row.lead, lead), (row.text, text)):
        for found, own in zip(words_in(words), stems.split(), strict=False):
            if own == stem:
                yield words[found.start : found.end].lower()
