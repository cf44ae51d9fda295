"""Take harmless phrases out of a question before the signs of danger are looked for in the rest."""

from functools import cache

from pages.search.crisis_signs.reading import slots_as_written
from pages.search.crisis_signs.signs import Words, alternatives, crisis_file, words_in

TAKEN_OUT = ""
KINDS = ("occasion", "theme", "between")


def without_harmless(question: list[str]) -> list[str]:
    """Return the question with what is harmless taken out; the other words keep their places."""
    kinds = [slots_as_written(word, harmless()) for word in question]
    taken = {number for run in (*runs_about_occasions(kinds), *phrases(kinds)) for number in run}
    return [TAKEN_OUT if number in taken else word for number, word in enumerate(question)]


@cache
def harmless() -> Words:
    """Return the harmless words, and those of phrases, with their kinds."""
    part = crisis_file()["harmless"]
    slots = {kind: words_in(part[kind]) for kind in KINDS}
    slots |= {slot: alternatives(slot) for line in part["phrases"] for slot in line.split()}
    return Words(slots)


def runs_about_occasions(kinds: list[set[str]]) -> list[range]:
    """Return where words of an occasion and of its theme stand with nothing but small words among them."""
    found, start = [], 0
    for number in range(len(kinds) + 1):
        if number == len(kinds) or kinds[number].isdisjoint(KINDS):
            together = set().union(*kinds[start:number])
            if {"occasion", "theme"} <= together:
                found.append(range(start, number))
            start = number + 1
    return found


def phrases(kinds: list[set[str]]) -> list[range]:
    """Return where the words of a harmless phrase stand in order, with nothing but small words among them."""
    return [run for line in crisis_file()["harmless"]["phrases"] for run in phrase(line.split(), kinds)]


def phrase(slots: list[str], kinds: list[set[str]]) -> list[range]:
    """Return where one phrase stands."""
    found = []
    for start, here in enumerate(kinds):
        if slots[0] not in here:
            continue
        end = start + 1
        for slot in slots[1:]:
            while end < len(kinds) and slot not in kinds[end] and "between" in kinds[end]:
                end += 1
            if end == len(kinds) or slot not in kinds[end]:
                break
            end += 1
        else:
            found.append(range(start, end))
    return found
