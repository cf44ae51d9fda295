"""One word of a question, and how well a page's stems hold it."""

from dataclasses import dataclass
from functools import cached_property

WHOLE, BEGINNING, PART = 1.0, 0.5, 0.2
SHORTEST_PART = 3  # letters of what is looked for inside other words


@dataclass(frozen=True)
class Asked:
    """A word in small letters. Only the last one, which may be half typed, counts as a beginning too."""

    word: str
    stem: str
    last: bool

    @cached_property
    def forms(self) -> list[tuple[float, list[str]]]:
        """Return what to look for among stems with a space on either side, best first."""
        forms = [(WHOLE, [f" {self.stem} "])]
        if len(self.word) < SHORTEST_PART:
            return forms
        if self.last:
            forms.append((BEGINNING, [f" {self.word}"]))
        # Norwegian compounds end with what they are, and stems lack their ending: "lege" in "fastleg".
        inside = self.stem if len(self.stem) > SHORTEST_PART else self.word
        ending = [f"{self.stem} "] if len(self.stem) >= SHORTEST_PART else []
        return [*forms, (PART, [inside, *ending])]

    @cached_property
    def needed(self) -> list[str]:
        """Return strings of which every text with this word holds at least one, for the database."""
        if len(self.word) < SHORTEST_PART:
            return [f" {self.stem} "]
        return [self.stem] if self.stem in self.word else [self.stem, self.word]

    def held_in(self, stems: str) -> float:
        """Return how well stems hold this word; 0 for not at all."""
        for how, looked_for in self.forms:
            for part in looked_for:
                if part in stems:
                    return how
        return 0.0

    def times(self, stems: str, how: float) -> int:
        """Return how often stems hold this word in that way."""
        return max(stems.count(part) for form, parts in self.forms if form == how for part in parts)
