"""Three-way merge of two snapshots that began as the same one, by field and language.

Words: `base` is the common beginning, `ours` what is published now, `theirs` the edition that waited. What only
one of them changed is kept. What both changed differently is a clash: theirs wins, and the clash is listed.
"""

from dataclasses import dataclass, field
from typing import Any

from pages.diff.matched_blocks import MatchedBlock, match_rows, match_snapshots, merged_order

Block = dict[str, Any]
Snapshot = tuple[dict[str, Any], list[Block]]


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed, each in its own way. `block` is "" for the page's own fields."""

    block: str
    name: str
    language: str
    ours: Any
    theirs: Any


@dataclass
class MergeResult:
    """A head and a body, what could not be merged, and the place in ours of each block; None for one of theirs."""

    head: dict[str, Any]
    body: list[Block] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    ours_places: list[int | None] = field(default_factory=list)


def merge(
    base: Snapshot | None, ours: Snapshot, theirs: Snapshot, same: dict[int, int] | None = None
) -> MergeResult:
    """Return theirs on top of ours. Without a common beginning every difference is a clash.

    `same` is {place in ours: place in theirs} of the blocks that are one row, where rows are known.
    """
    base = base or ({}, [])
    merger = _Merger()
    head = merger.fields("", base[0], ours[0], theirs[0])
    sides = base[1], ours[1], theirs[1]
    matched = match_snapshots(*sides) if same is None else match_rows(*sides, same)
    blocks = {block: merger.block(block) for block in matched}
    kept = [(merged, block.ours_place) for block in merged_order(matched) if (merged := blocks[block]) is not None]
    return MergeResult(head, [block for block, _place in kept], merger.clashes, [place for _block, place in kept])


class _Merger:
    """Merges fields and blocks, and lists the clashes on the way."""

    def __init__(self) -> None:
        self.clashes: list[Clash] = []

    def block(self, block: MatchedBlock) -> Block | None:
        """Return the merged block; None when it is taken away."""
        base, ours, theirs = block.base, block.ours, block.theirs
        if ours is not None and theirs is not None:
            return self.fields(theirs["type"], base or {}, ours, theirs)
        if base is None:  # added by one of them
            return theirs or ours
        if ours is None and theirs is None:  # both took it away
            return None
        if base in (ours, theirs):  # taken away by one, unchanged in the other
            return None
        self.clashes.append(Clash(base["type"], "", "", ours, theirs))
        return theirs

    def fields(self, block: str, base: Block, ours: Block, theirs: Block) -> Block:
        """Return the merged fields of a page or a block."""
        merged: Block = {}
        for name in dict.fromkeys([*theirs, *ours]):
            values = [side.get(name) for side in (base, ours, theirs)]
            if name == "languages":  # computed when the merged text is saved
                merged[name] = values[2]
            elif any(isinstance(value, dict) for value in values):
                merged[name] = self.texts(block, name, *(value or {} for value in values))
            else:
                merged[name] = self.value(block, name, "", *values)
        return merged

    def texts(
        self, block: str, name: str, base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
    ) -> dict[str, str]:
        """Return one field's texts, each language merged for itself."""
        texts = {
            language: self.value(
                block, name, language, base.get(language), ours.get(language), theirs.get(language)
            )
            for language in dict.fromkeys([*theirs, *ours])
        }
        return {language: text for language, text in texts.items() if text}

    def value(self, block: str, name: str, language: str, base: Any, ours: Any, theirs: Any) -> Any:
        """Return the value of the side that changed it; theirs when both did."""
        if ours in (theirs, base):
            return theirs
        if theirs == base:
            return ours
        self.clashes.append(Clash(block, name, language, ours, theirs))
        return theirs
