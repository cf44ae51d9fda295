"""Find pages by words in their titles, each with the path of pages above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from pages.languages import LANGUAGES
from pages.models import Page
from pages.tree.siblings import path_to, with_all_above

MOST_WORDS = 8


@dataclass(frozen=True)
class PageMatch:
    """A page that the search found, with the pages above it."""

    page: Page
    path: list[Page]


def filter_by_title(pages: QuerySet[Page], words: str) -> QuerySet[Page]:
    """Return the pages that have each of the words in a title, in any language."""
    for word in words.split()[:MOST_WORDS]:
        # SQLite folds only a to z: "øvelser" must find "Øvelser".
        spellings = {word, word.lower(), word.capitalize()}
        titles = [Q(**{f"title_{code}__icontains": spelling}) for code in LANGUAGES for spelling in spellings]
        pages = pages.filter(reduce(or_, titles))
    return pages


def with_paths(pages: Iterable[Page], *, never_under: Page | None = None) -> list[PageMatch]:
    """Return the pages with their paths, without the pages that lie under `never_under`."""
    pages = list(pages)
    above = with_all_above(page.pk for page in pages)
    matches = [PageMatch(page, path_to(page, above)) for page in pages]
    return [match for match in matches if never_under is None or never_under not in match.path]
