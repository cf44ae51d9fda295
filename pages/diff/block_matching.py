"""Which block of an old edition became which block of a new one. A snapshot's blocks have no names."""

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Block = dict[str, Any]
ALIKE = 0.4  # of the words; below this a reader would call it another text


@dataclass(frozen=True)
class Pair:
    """A block before and after. One side is None when it was added or removed; places count from 1."""

    old: Block | None
    new: Block | None
    old_place: int | None
    new_place: int | None
    moved: bool = False


def fingerprint(block: Block) -> str:
    """Return one text that two blocks share only when they are the same."""
    return json.dumps(block, sort_keys=True, default=str)


def words_of(block: Block) -> list[str]:
    """Return every word of a block in every language, without markup."""
    texts = [json.dumps(value, ensure_ascii=False, default=str) for name, value in block.items() if name != "type"]
    return re.sub(r"<[^>]*>", " ", " ".join(texts)).split()


def likeness(old: list[str], new: list[str]) -> float:
    """Return how many of their words two blocks share, from 0 to 1, wherever the words stand."""
    return SequenceMatcher(None, old, new, autojunk=False).quick_ratio()


def pair_up(old: list[Block], new: list[Block]) -> list[Pair]:
    """Return every block of both sides once, in the order of the new side.

    First what is the same in the same order, then what is the same elsewhere, then the most alike of
    the same type. What was removed stands where it stood.
    """
    partner = in_order(old, new)
    partner |= same_elsewhere(old, new, partner)
    partner |= most_alike(old, new, partner)
    return woven(old, new, partner)


def in_order(old: list[Block], new: list[Block]) -> dict[int, int]:
    """Return new place → old place of the blocks that neither changed nor moved."""
    matcher = SequenceMatcher(None, [*map(fingerprint, old)], [*map(fingerprint, new)], autojunk=False)
    return {b + step: a + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}


def same_elsewhere(old: list[Block], new: list[Block], partner: dict[int, int]) -> dict[int, int]:
    """Return the pairs that are left and identical."""
    free: dict[str, list[int]] = {}
    for place, block in enumerate(old):
        if place not in partner.values():
            free.setdefault(fingerprint(block), []).append(place)
    found = {}
    for place, block in enumerate(new):
        if place not in partner and free.get(key := fingerprint(block)):
            found[place] = free[key].pop(0)
    return found


def most_alike(old: list[Block], new: list[Block], partner: dict[int, int]) -> dict[int, int]:
    """Return the pairs that are left, of one type and alike, the most alike first."""
    left = {place: words_of(block) for place, block in enumerate(old) if place not in partner.values()}
    right = {place: words_of(block) for place, block in enumerate(new) if place not in partner}
    ranked = sorted(
        (-likeness(left[a], right[b]), abs(a - b), a, b)
        for a in left
        for b in right
        if old[a].get("type") == new[b].get("type")
    )
    found: dict[int, int] = {}
    for negative, _distance, a, b in ranked:
        if -negative >= ALIKE and b not in found and a not in found.values():
            found[b] = a
    return found


def woven(old: list[Block], new: list[Block], partner: dict[int, int]) -> list[Pair]:
    """Put pairs, additions and removals in one order, and say which pairs moved past others."""
    pairs = [(b, partner[b]) for b in sorted(partner)]
    steady = set(longest_rising([a for _b, a in pairs]))
    woven_in: list[Pair] = []
    removed = [place for place in range(len(old)) if place not in partner.values()]
    for b, block in enumerate(new):
        a = partner.get(b)
        if a is None:
            woven_in.append(Pair(None, block, None, b + 1))
            continue
        if a in steady:
            woven_in += [Pair(old[gone], None, gone + 1, None) for gone in removed if gone < a]
            removed = [gone for gone in removed if gone > a]
        woven_in.append(Pair(old[a], block, a + 1, b + 1, moved=a not in steady))
    return woven_in + [Pair(old[gone], None, gone + 1, None) for gone in removed]


def longest_rising(places: list[int]) -> list[int]:
    """Return the longest part of distinct places that keeps its order: what did not move."""
    best: list[list[int]] = []  # best[n]: the rising part of n + 1 places that ends lowest
    for place in places:
        at = next((n for n, part in enumerate(best) if part[-1] > place), len(best))
        part = [*(best[at - 1] if at else []), place]
        best[at : at + 1] = [part]
    return best[-1] if best else []
