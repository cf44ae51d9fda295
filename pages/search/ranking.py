"""Which pages answer a question, and in which order.

A page answers fully when each word stands on it with any ending; the last word, which may be half typed, also as
a beginning. When few pages do, compounds count too ("rus" in "avrusning"). When none does, pages with some of the
words are better than nothing, and the answer says that it is not complete.
"""

from pages.search.query_term import Match
from pages.search.result import SearchResult

FEW = 3
WORTH = {Match.WHOLE: 1.0, Match.BEGINNING: 0.5, Match.PART: 0.2, Match.NONE: 0.0}
# A word in the title weighs more than in all that follows, and so on down.
TITLE, MENU_TITLE, LEAD = 100, 50, 20
MOST_OFTEN = 10  # a word that stands oftener in a text says no more about it


def choose(results: list[SearchResult]) -> tuple[list[SearchResult], bool]:
    """Return the results that answer, best first, and whether each holds all the words."""
    fully = [result for result in results if min(result.matches) >= Match.BEGINNING]
    if len(fully) >= FEW:
        return rank(fully), True
    if with_parts := [result for result in results if min(result.matches) >= Match.PART]:  # the full ones included
        return rank(with_parts), True
    most = max((result.terms_found for result in results), default=0)
    return rank([result for result in results if result.terms_found >= max(1, most - 1)]), False


def rank(results: list[SearchResult]) -> list[SearchResult]:
    """Return the results: most words first, then most about them, then in the order the pages were made."""
    return sorted(results, key=lambda result: (-result.terms_found, -score(result), result.page_id))


def score(result: SearchResult) -> float:
    """Return how much the page seems to be about the words."""
    total = 0.0
    title, menu_title, lead, text = result.row.stems.split("\n")
    for term, match in zip(result.terms, result.matches, strict=True):
        if match:
            total += TITLE * WORTH[term.match_in(title)] + MENU_TITLE * WORTH[term.match_in(menu_title)]
            total += LEAD * WORTH[term.match_in(lead)] + WORTH[match] * min(term.count_in(text, match), MOST_OFTEN)
    return total
