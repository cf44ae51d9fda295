"""One page that may answer a question: how it holds each word, and what is shown of it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from pages.search.query_term import Match, QueryTerm
from pages.search.snippets import mark_matches, snippet


class IndexRow(NamedTuple):
    """A search entry as a search reads it: plain, because there may be a thousand."""

    page_id: int
    stems: str  # one line each for title, menu title, introduction and text
    title: str
    lead: str
    text: str


@dataclass(frozen=True)
class SearchResult:
    """One page, with the best match of each term. Title and snippet are made only when they are shown."""

    row: IndexRow
    terms: list[QueryTerm]
    matches: list[Match]

    @property
    def page_id(self) -> int:
        """Return the page's number."""
        return self.row.page_id

    def is_marked(self, stem: str) -> bool:
        """Say whether a word is marked: inside other words only where the page has no better match."""
        pairs = zip(self.terms, self.matches, strict=True)
        return any(term.match_in(f" {stem} ") >= min(match, Match.NEAR) > Match.NONE for term, match in pairs)

    @property
    def title(self) -> SafeString:
        """Return the title with the words marked."""
        return mark_matches(self.row.title, self.row.stems.split("\n")[0], self.is_marked)

    @property
    def snippet(self) -> SafeString:
        """Return the words around the first match, or else the introduction, with the words marked."""
        _title, _menu_title, lead, text = self.row.stems.split("\n")
        return snippet([(self.row.lead, lead), (self.row.text, text)], self.is_marked)
