"""Which pages answer a question, and in which order.

A page answers fully when each word stands on it with any ending; the last word, which may be half typed, also as
a beginning. Where few pages do, compounds count too ("rus" in "avrusning"), and behind them stand the pages with
some of the words, for people ask in whole sentences. A rare word of the question says more than a frequent one.
"""

from math import log

from pages.search.query_term import Match
from pages.search.result import SearchResult

FEW = 3
WORTH = {Match.WHOLE: 1.0, Match.NEAR: 0.5, Match.PART: 0.2, Match.NONE: 0.0}
# Beside standing on the page at all: a word in the title weighs more than in what follows, and so on down.
TITLE, MENU_TITLE, LEAD = 3, 1.5, 1
MOST_OFTEN = 10  # a word that stands oftener in a text says no more about it
SOME = 0.2  # of the weight of the question's words that the best page has


def choose(results: list[SearchResult]) -> tuple[list[SearchResult], int]:
    """Return the results that answer, best first, and how many of them have all the words: those come first."""
    weights, length = weights_of_terms(results), mean_length(results)
    found = [sum(w for w, match in zip(weights, result.matches, strict=True) if match) for result in results]
    enough = max(found, default=0) * SOME or 1
    ranked = sorted(
        (result for result, weight in zip(results, found, strict=True) if weight >= enough),
        key=lambda result: (-score(result, weights, length), result.page_id),
    )
    fully = [result for result in ranked if min(result.matches) >= Match.NEAR]
    if len(fully) >= FEW:
        return fully, len(fully)
    complete = [result for result in ranked if min(result.matches) >= Match.PART]
    return complete + [result for result in ranked if result not in complete], len(complete)


def weights_of_terms(results: list[SearchResult]) -> list[float]:
    """Return for each term how much it tells: the more, the fewer pages have it."""
    each = list(zip(*(result.matches for result in results), strict=True))
    pages_with = [sum(m >= Match.NEAR for m in matches) or sum(map(bool, matches)) for matches in each]
    return [log(2 + len(results) / (number or 1)) for number in pages_with]


def mean_length(results: list[SearchResult]) -> float:
    """Return how long the pages are on average."""
    return sum(len(result.row.stems) for result in results) / (len(results) or 1)


def score(result: SearchResult, weights: list[float], mean_length: float) -> float:
    """Return how much the page seems to be about the words. In a long text a word says less."""
    total = 0.0
    title, menu_title, lead, text = result.row.stems.split("\n")
    rareness = 2 / (1 + len(result.row.stems) / mean_length)
    for term, match, weight in zip(result.terms, result.matches, weights, strict=True):
        if match:
            places = TITLE * WORTH[term.match_in(title)] + MENU_TITLE * WORTH[term.match_in(menu_title)]
            places += LEAD * WORTH[term.match_in(lead)]
            often = log(1 + min(term.count_in(text, match), MOST_OFTEN) * rareness) / 2
            total += weight * WORTH[match] * (1 + places + often)
    return total
