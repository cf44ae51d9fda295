"""One word of a question, and in which way the stems of a page hold it."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

SHORTEST_PART = 3  # letters of what is looked for inside other words


class Match(IntEnum):
    """How a text holds a word, the better the higher. pages.search.ranking says what each is worth."""

    NONE = 0
    PART = 1  # inside another word
    BEGINNING = 2
    WHOLE = 3


@dataclass(frozen=True)
class QueryTerm:
    """A word in small letters. Only the last one, which may be half typed, counts as a beginning too."""

    word: str
    stem: str
    last: bool

    @cached_property
    def forms(self) -> list[tuple[Match, list[str]]]:
        """Return what to look for among stems with a space on either side, the best match first."""
        forms = [(Match.WHOLE, [f" {self.stem} "])]
        if len(self.word) < SHORTEST_PART:
            return forms
        if self.last:
            forms.append((Match.BEGINNING, [f" {self.word}"]))
        # Norwegian compounds end with what they are, and stems lack their ending: "lege" in "fastleg".
        inside = self.stem if len(self.stem) > SHORTEST_PART else self.word
        ending = [f"{self.stem} "] if len(self.stem) >= SHORTEST_PART else []
        return [*forms, (Match.PART, [inside, *ending])]

    @cached_property
    def needed(self) -> list[str]:
        """Return strings of which every text with this word holds at least one, for the database."""
        if len(self.word) < SHORTEST_PART:
            return [f" {self.stem} "]
        return [self.stem] if self.stem in self.word else [self.stem, self.word]

    def match_in(self, stems: str) -> Match:
        """Return the best way in which these stems hold the word."""
        for match, looked_for in self.forms:
            for part in looked_for:
                if part in stems:
                    return match
        return Match.NONE

    def count_in(self, stems: str, match: Match) -> int:
        """Return how often these stems hold the word in that way."""
        return max(stems.count(part) for form, parts in self.forms if form == match for part in parts)
