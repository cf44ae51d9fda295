"""Find the live pages that answer a question.

The database only leaves out what cannot match; pages.search.ranking judges the rest, so that SQLite and PostgreSQL
give the same answer.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from pages.models import Edition, SearchEntry
from pages.search.query_term import QueryTerm
from pages.search.ranking import choose
from pages.search.result import IndexRow, SearchResult
from pages.search.stemming import question_words, stem


@dataclass(frozen=True)
class SearchAnswer:
    """The answer to a question. `complete` is False when no page holds all its words."""

    results: list[SearchResult]
    complete: bool = True


def search_pages(question: str, language: str, *, at: datetime) -> SearchAnswer:
    """Return the pages live at `at` that answer the question in this language, best first, in one query."""
    words = question_words(question, language)
    if not words:
        return SearchAnswer([])
    terms = [QueryTerm(word, stem(word, language), word == words[-1]) for word in words]
    rows = possible_rows(terms, language, at)
    return SearchAnswer(
        *choose([SearchResult(row, terms, [term.match_in(row.stems) for term in terms]) for row in rows])
    )


def possible_rows(terms: list[QueryTerm], language: str, at: datetime) -> list[IndexRow]:
    """Return the entries of live editions that hold at least one of the words, perhaps inside another."""
    possible = reduce(or_, (Q(stems__contains=part) for term in terms for part in term.needed))
    entries = SearchEntry.objects.filter(possible, language=language, edition__in=Edition.objects.live(at=at))
    columns = ("edition__page_id", "stems", "title", "lead", "text")
    return [IndexRow(*values) for values in entries.values_list(*columns)]
