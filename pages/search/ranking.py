"""One page that answers a question: how well, and what is shown of it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from pages.search.query_term import BEGINNING, Asked
from pages.search.snippets import marked, snippet

# A word in the title weighs more than in all that follows, and so on down.
TITLE, MENU_TITLE, LEAD = 100, 50, 20
MOST_OFTEN = 10  # a word that stands oftener in a text says no more about it


class Row(NamedTuple):
    """A search entry as it is read: plain, because a search may read a thousand."""

    page_id: int
    stems: str
    title: str
    lead: str
    text: str


@dataclass(frozen=True)
class Result:
    """One page, with how well it holds each word. Title and snippet are made when they are shown."""

    row: Row
    asked: list[Asked]
    held: list[float]

    @property
    def page_id(self) -> int:
        """Return the page's number."""
        return self.row.page_id

    @property
    def score(self) -> float:
        """Return how much the page seems to be about the words."""
        score = 0.0
        title, menu_title, lead, text = self.row.stems.split("\n")
        for word, how in zip(self.asked, self.held, strict=True):
            if how:
                score += TITLE * word.held_in(title) + MENU_TITLE * word.held_in(menu_title)
                score += LEAD * word.held_in(lead) + how * min(word.times(text, how), MOST_OFTEN)
        return score

    @property
    def words_held(self) -> int:
        """Return how many of the words stand on the page, not only inside others."""
        return sum(how >= BEGINNING for how in self.held)

    def matches(self, part: str) -> bool:
        """Say whether a stem is to be marked: inside other words only where the page has nothing better."""
        words = zip(self.asked, self.held, strict=True)
        return any(word.held_in(f" {part} ") >= min(how, BEGINNING) > 0 for word, how in words)

    @property
    def title(self) -> SafeString:
        """Return the title with the words marked."""
        return marked(self.row.title, self.row.stems.split("\n")[0], self.matches)

    @property
    def snippet(self) -> SafeString:
        """Return the words around the first hit, or the introduction, with the words marked."""
        _title, _menu_title, lead, text = self.row.stems.split("\n")
        return snippet([(self.row.lead, lead), (self.row.text, text)], self.matches)
