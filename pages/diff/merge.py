"""Three-way merge of two snapshots that began as the same one, by field and language.

Words: `base` is the common beginning, `ours` what is published now, `theirs` what waited. What only
one of them changed is kept. What both changed differently is a clash: theirs wins, and is listed.
Blocks have no number in a snapshot, so they are recognised by what they say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Block = dict[str, Any]
ALIKE = 0.5  # below this share of common words, two blocks of a type are two different blocks


@dataclass(frozen=True)
class Clash:
    """One place where both said something new. `block` is "" for the page's own fields."""

    block: str
    name: str
    language: str
    ours: Any
    theirs: Any


@dataclass
class Merged:
    """A head and a body, and what could not be merged."""

    head: dict[str, Any]
    body: list[Block] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


Snapshot = tuple[dict[str, Any], list[Block]]


def merge(base: Snapshot | None, ours: Snapshot, theirs: Snapshot) -> Merged:
    """Return theirs on top of ours. Without a common beginning every difference is a clash."""
    base = base or ({}, [])
    clashes: list[Clash] = []
    head = _fields("", base[0], ours[0], theirs[0], clashes)
    return Merged(head, _blocks(base[1], ours[1], theirs[1], clashes), clashes)


def _fields(block: str, base: Block, ours: Block, theirs: Block, clashes: list[Clash]) -> Block:
    merged: Block = {}
    for name in dict.fromkeys([*theirs, *ours]):
        values = [part.get(name) for part in (base, ours, theirs)]
        if name == "languages":  # computed when the merged text is saved
            merged[name] = values[2]
        elif any(isinstance(value, dict) for value in values):
            texts = [value or {} for value in values]
            said = {
                code: _one(block, name, code, *(text.get(code) for text in texts), clashes=clashes)
                for code in dict.fromkeys([*texts[2], *texts[1]])
            }
            merged[name] = {code: text for code, text in said.items() if text}
        else:
            merged[name] = _one(block, name, "", *values, clashes=clashes)
    return merged


def _one(block: str, name: str, code: str, base: Any, ours: Any, theirs: Any, *, clashes: list[Clash]) -> Any:
    if ours in (theirs, base):
        return theirs
    if theirs == base:
        return ours
    clashes.append(Clash(block, name, code, ours, theirs))
    return theirs


def _blocks(base: list[Block], ours: list[Block], theirs: list[Block], clashes: list[Clash]) -> list[Block]:
    in_ours, in_theirs = pairs(base, ours), pairs(base, theirs)
    # Blocks that both added: the same one twice must not stand twice.
    new_ours = [n for n in range(len(ours)) if n not in in_ours.values()]
    new_theirs = [n for n in range(len(theirs)) if n not in in_theirs.values()]
    both = pairs([theirs[n] for n in new_theirs], [ours[n] for n in new_ours])

    made: dict[int, Block | None] = {}  # what becomes of each of theirs; None: it goes
    partner: dict[int, int] = {}  # theirs → ours
    for place, old in enumerate(base):
        mine, waiting = in_ours.get(place), in_theirs.get(place)
        if waiting is not None and mine is not None:
            partner[waiting] = mine
            made[waiting] = _fields(old["type"], old, ours[mine], theirs[waiting], clashes)
        elif waiting is not None:  # taken away in ours
            kept = theirs[waiting] != old
            made[waiting] = theirs[waiting] if kept else None
            if kept:
                clashes.append(Clash(old["type"], "", "", None, theirs[waiting]))
        elif mine is not None and ours[mine] != old:  # taken away in theirs, changed in ours
            clashes.append(Clash(old["type"], "", "", ours[mine], None))
    for place, other in both.items():
        waiting, mine = new_theirs[place], new_ours[other]
        partner[waiting] = mine
        made[waiting] = _fields(theirs[waiting]["type"], {}, ours[mine], theirs[waiting], clashes)
    for waiting in new_theirs:
        made.setdefault(waiting, theirs[waiting])
    added = [n for n in new_ours if n not in partner.values()]
    kept_order = list(in_theirs.values()) == sorted(in_theirs.values())
    moved = kept_order and list(in_ours.values()) != sorted(in_ours.values())
    return list(_in_order(ours, made, partner, added, by_ours=moved))


def _in_order(
    ours: list[Block], made: dict[int, Block | None], partner: dict[int, int], added: list[int], *, by_ours: bool
) -> Iterator[Block]:
    """Yield the blocks in their order, or in ours where only ours was reordered; new ones by their neighbour."""
    mine_to_theirs = {mine: waiting for waiting, mine in partner.items()}
    order: list[tuple[str, int]] = [("theirs", n) for n in sorted(made)]
    if by_ours:
        shared = iter([waiting for _mine, waiting in sorted(mine_to_theirs.items())])
        order = [("theirs", next(shared)) if n in partner else ("theirs", n) for _where, n in order]
    for number in added:
        before = next((n for n in range(number - 1, -1, -1) if n in mine_to_theirs or n in added), None)
        if before is None:
            place = 0
        elif before in mine_to_theirs:
            place = order.index(("theirs", mine_to_theirs[before])) + 1
        else:
            place = order.index(("ours", before)) + 1
        order.insert(place, ("ours", number))
    for where, number in order:
        block = ours[number] if where == "ours" else made[number]
        if block is not None:
            yield block


def pairs(old: list[Block], new: list[Block]) -> dict[int, int]:
    """Return {place in old: place in new} of the blocks that are the same one, changed or not.

    The unchanged are found first, wherever they stand; then, of each type, those most alike.
    """
    found: dict[int, int] = {}
    left = list(range(len(new)))
    for place, block in enumerate(old):
        same = next((n for n in left if new[n] == block), None)
        if same is not None:
            found[place] = same
            left.remove(same)
    likeness = sorted(
        (
            (-_alike(block, new[n]), abs(place - n), place, n)
            for place, block in enumerate(old)
            if place not in found
            for n in left
            if new[n]["type"] == block["type"]
        ),
    )
    for score, _distance, place, n in likeness:
        if -score >= ALIKE and place not in found and n in left:
            found[place] = n
            left.remove(n)
    return dict(sorted(found.items()))


def _alike(first: Block, second: Block) -> float:
    """Return how much of two blocks is the same, from 0 to 1: the best language, or the other fields."""
    one, other = _words(first), _words(second)
    return max(
        (SequenceMatcher(None, one[k], other[k], autojunk=False).ratio() for k in one if k in other), default=0
    )


def _words(block: Block) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for name, value in block.items():
        if isinstance(value, dict):
            for code, text in value.items():
                words.setdefault(code, []).extend(text.split())
        elif name != "type" and value:
            words.setdefault("", []).append(str(value))
    return words
