"""Which slots a word of a question fills: as it stands, with the next one, misspelt or written as one."""

from functools import cache

from pages.search.crisis_signs.run_together import parts_of
from pages.search.crisis_signs.signs import ALONE, FIRST, LONGEST_STARRED, Words, right_words, words
from pages.search.crisis_signs.spelling import LONG_ENOUGH, SLIPS_FROM, is_a_slip, normal, shortened
from pages.search.stemming import word_lists

MOST_MISSPELT = 60  # words of a question that are looked at for errors


def places_of(question: list[str]) -> dict[str, int]:
    """Return the places of each filled slot as the bits of a number: 0b101 for the first and the third word."""
    places: dict[str, int] = {}
    looked_at = 0
    for number, (word, following) in enumerate(zip(question, [*question, ""][1:], strict=True)):
        slots = slots_as_written(word, words())
        if word and following:
            slots |= slots_as_written(normal(word + following), words()) - slots_as_written(following, words())
        unknown = len(word) >= SLIPS_FROM and word not in known_words()
        if unknown and looked_at < MOST_MISSPELT:
            looked_at += 1
            slots |= slots_as_meant(word)
            slots |= slots_of_parts(word) if len(word) >= LONG_ENOUGH else set()
        for slot in slots:
            places[slot] = places.get(slot, 0) | 1 << number
    return places


@cache
def known_words() -> frozenset[str]:
    """Return the words that are right as they stand."""
    return part_words() | right_words()


@cache
def part_words() -> frozenset[str]:
    """Return the words that another may be made of. A right word is none: "krisesenter" names no crisis."""
    small = {normal(word) for listed in word_lists()["small"].values() for word in listed}
    return frozenset(words().whole.keys() | small)


def slots_as_written(word: str, among: Words) -> set[str]:
    """Return the slots that the word fills as it stands."""
    found = set(among.whole.get(word, ()))
    for size in range(1, LONGEST_STARRED + 1):
        found.update(among.beginnings.get(word[:size], ()), among.endings.get(word[-size:], ()))
    for start in range(len(word) - FIRST + 1):
        for core in among.begun_insides.get(word[start : start + FIRST], ()):
            if word.startswith(core, start):
                found |= among.insides[core]
    return found


def slots_as_meant(word: str) -> set[str]:
    """Return the slots of the words that differ from this one by an error."""
    found: set[str] = set()
    for meant in set().union(*(words().short_of_a_letter.get(part, ()) for part in shortened(word))):
        slots = {slot for kind in words().by_stars for slot in kind.get(meant, ())}
        if min(len(word), len(meant)) >= LONG_ENOUGH and (word[0] == meant[0] or len(meant) > LONG_ENOUGH):
            found |= slots
        elif len(meant) >= SLIPS_FROM and is_a_slip(word, meant):
            found |= {slot for slot in slots if not slot.startswith(ALONE)}
    return found


def slots_of_parts(word: str) -> set[str]:
    """Return the slots of the words that were written as one."""
    parts = parts_of(word, part_words()) | parts_of(word.removeprefix("i"), part_words())  # "idontwanttolive"
    return {slot for part in parts for slot in words().whole.get(part, ())}
