"""Find the live pages that answer a question.

Every entry of the language is read: only the words of all pages tell which word of a question is misspelt, a
compound or rare. The program judges them, so that SQLite and PostgreSQL give the same answer.
"""

from dataclasses import dataclass

from pages.models import Edition, SearchEntry
from pages.rendering.moment import Moment
from pages.search.live_blocks import LiveBlock, live_stems, live_texts
from pages.search.query_term import QueryTerm
from pages.search.ranking import choose
from pages.search.result import IndexRow, SearchResult
from pages.search.stemming import question_words, same_meaning, small_words
from pages.search.suggestions import respell
from pages.search.unknown_words import known_piece, pieces, spelt_alike


@dataclass(frozen=True)
class SearchAnswer:
    """The answer to a question: the results, how many of them have all its words, and what may have been meant."""

    results: list[SearchResult]
    complete: int = 0
    suggestion: str = ""


@dataclass(frozen=True)
class Reading:
    """What is looked for: `meant` has the stem that was probably meant by each misspelt word."""

    terms: list[QueryTerm]
    meant: dict[str, str]
    is_exact: bool


def search_pages(question: str, moment: Moment) -> SearchAnswer:
    """Return the live pages that answer the question in this language, best first, in one query."""
    words = question_words(question, moment.language)
    if not words:
        return SearchAnswer([])
    rows = live_rows(moment)
    reading = read_question(words, moment.language, rows)
    results, complete = choose(
        [SearchResult(row, reading.terms, [term.match_in(row.stems) for term in reading.terms]) for row in rows]
    )
    return SearchAnswer(results, complete * reading.is_exact, respell(question, reading.meant, rows))


def live_rows(moment: Moment) -> list[IndexRow]:
    """Return every live entry of the language, with the words that its page shows just now."""
    live = SearchEntry.objects.filter(
        language=moment.language, edition__in=Edition.objects.live(at=moment.tree.at)
    )
    columns = ("edition__page_id", "stems", "title", "lead", "text", "live_blocks")
    return [with_live_text(IndexRow(*values), blocks, moment) for *values, blocks in live.values_list(*columns)]


def with_live_text(row: IndexRow, blocks: list[LiveBlock], moment: Moment) -> IndexRow:
    """Return a row with the words of its live blocks behind its text."""
    for text in live_texts(blocks, moment):
        row = row._replace(text=f"{row.text}\n{text}", stems=row.stems + live_stems(text, moment.language)[1:])
    return row


def read_question(words: list[str], language: str, rows: list[IndexRow]) -> Reading:
    """Return what to look for: in place of a word that no page has, its pieces or the word that it resembles."""
    terms = [QueryTerm.of(word, language, last=word == words[-1]) for word in words]
    unknown = [term for term in terms if not any(term.match_in(row.stems) for row in rows)]
    written = {one for row in rows for one in row.stems.split()} - small_words(language) if unknown else set()
    known = written | {one for one, alike in same_meaning(language).items() if written & alike}
    meant: dict[str, str] = {}
    looked_for: list[QueryTerm] = []
    for term in terms:
        if term not in unknown:
            looked_for.append(term)
        elif made_of := pieces(term.word, known, language):
            looked_for += [QueryTerm.of(piece, language) for piece in made_of]
        elif near := spelt_alike(term.stem, written):
            meant[term.word] = near
            looked_for.append(QueryTerm(near, near))
        else:
            piece = known_piece(term.word, known, language)
            looked_for.append(QueryTerm.of(piece, language) if piece else term)
    return Reading(looked_for, meant, not unknown)
