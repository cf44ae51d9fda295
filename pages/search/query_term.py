"""One word of a question, and in which way the stems of a page hold it."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from pages.search.stemming import same_meaning, stem

SHORTEST_PART = 3  # letters of what is looked for inside other words


class Match(IntEnum):
    """How a text holds a word, the better the higher. pages.search.ranking says what each is worth."""

    NONE = 0
    PART = 1  # inside another word
    NEAR = 2  # a word that begins with it, or another word for the same
    WHOLE = 3


@dataclass(frozen=True)
class QueryTerm:
    """A word as it is compared. Only the last one, which may be half typed, counts as a beginning too.

    `alike` are the stems of words for the same.
    """

    word: str
    stem: str
    last: bool = False
    alike: tuple[str, ...] = ()

    @classmethod
    def of(cls, word: str, language: str, *, last: bool = False) -> "QueryTerm":
        """Return what to look for in place of a word."""
        own = stem(word, language)
        return cls(word, own, last, tuple(sorted(same_meaning(language).get(own, set()) - {own})))

    @cached_property
    def forms(self) -> list[tuple[Match, list[str]]]:
        """Return what to look for among stems with a space on either side, the best match first."""
        is_long = len(self.word) >= SHORTEST_PART
        near = [f" {other} " for other in self.alike] + [f" {self.word}"] * (self.last and is_long)
        forms = [(Match.WHOLE, [f" {self.stem} "]), (Match.NEAR, near)]
        if not is_long:
            return forms
        # Norwegian compounds end with what they are, and stems lack their ending: "lege" in "fastleg".
        inside = self.stem if len(self.stem) > SHORTEST_PART else self.word
        ending = [f"{self.stem} "] if len(self.stem) >= SHORTEST_PART else []
        return [*forms, (Match.PART, [inside, *ending])]

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
