"""Recognise a question that a visitor asks in danger, so that the answer begins with whom to ring.

What is looked for stands in crisis.toml, for clinicians to read.
"""

from pages.search.crisis_signs.harmless import without_harmless
from pages.search.crisis_signs.reading import places_of
from pages.search.crisis_signs.signs import Sign, signs
from pages.search.crisis_signs.spelling import spell

LONGEST_READ = 2_000  # characters: far more than a search field is used for
WORDS_BETWEEN = 9  # other words that may stand among those of a line


def tells_of_a_crisis(question: str) -> bool:
    """Say whether the words of a line stand in the question close to one another, in any language."""
    places = places_of(without_harmless(spell(question[:LONGEST_READ])))
    return any(is_in(sign, places) for sign in signs())


def is_in(sign: Sign, places: dict[str, int]) -> bool:
    """Say whether all words of the sign stand within reach of one another."""
    reach = sign.length + WORDS_BETWEEN
    starts = -1
    for slot, times in sign.slots:
        here = places.get(slot, 0)
        for _ in range(times - 1):  # only words with another of the slot close behind
            here &= windows(here >> 1, reach - 1)
        starts &= windows(here, reach)
        if not starts:
            return False
    return True


def windows(places: int, reach: int) -> int:
    """Return where windows of so many words begin that hold one of the places. Places are the bits of a number."""
    found = places
    for step in range(1, reach):
        found |= places >> step
    return found
