"""Which live pages answer a question, best first.

The database only leaves out what cannot match; the judging happens here, so that SQLite and PostgreSQL
find the same. A page answers fully when each word stands on it with any ending; the last word, which
may be half typed, also as a beginning. When few pages do, compounds count too ("rus" in "avrusning").
When none does, pages with some of the words are better than nothing, and are said to be just that.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from pages.models import Edition, SearchEntry
from pages.search.query_term import BEGINNING, PART, Asked
from pages.search.ranking import Result, Row
from pages.search.stemming import asked_words, stem

FEW = 3


@dataclass(frozen=True)
class Found:
    """The answer to a question. `complete` is False when no page holds all its words."""

    results: list[Result]
    complete: bool = True


def find(question: str, language: str, *, at: datetime) -> Found:
    """Return the pages live at `at` that answer the question in this language, best first, in one query."""
    words = asked_words(question, language)
    asked = [Asked(word, stem(word, language), word == words[-1]) for word in words]
    if not asked:
        return Found([])
    results = [
        Result(row, asked, [word.held_in(row.stems) for word in asked]) for row in rows(asked, language, at)
    ]
    fully = [result for result in results if min(result.held) >= BEGINNING]
    if len(fully) >= FEW:
        return Found(ranked(fully))
    if as_parts := [result for result in results if min(result.held) >= PART]:  # those that answer fully included
        return Found(ranked(as_parts))
    most = max((result.words_held for result in results), default=0)
    nearly = [result for result in results if result.words_held >= max(1, most - 1)]
    return Found(ranked(nearly), complete=False)


def rows(asked: list[Asked], language: str, at: datetime) -> list[Row]:
    """Return the entries of live editions that hold at least one of the words, perhaps inside another."""
    possible = reduce(or_, (Q(stems__contains=part) for word in asked for part in word.needed))
    entries = SearchEntry.objects.filter(possible, language=language, edition__in=Edition.objects.live(at=at))
    return [Row(*values) for values in entries.values_list("edition__page_id", "stems", "title", "lead", "text")]


def ranked(results: list[Result]) -> list[Result]:
    """Return the results: most words first, then most about them, then in the order the pages were made."""
    return sorted(results, key=lambda result: (-result.words_held, -result.score, result.page_id))
