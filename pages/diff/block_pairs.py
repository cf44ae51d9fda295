"""Every block of two editions in one order to read: what stayed, what moved, what came and what went."""

from dataclasses import dataclass

from pages.diff.block_matching import Block, match_blocks


@dataclass(frozen=True)
class BlockPair:
    """A block before and after. One side is None when it was added or removed; places count from 1."""

    old: Block | None
    new: Block | None
    old_place: int | None
    new_place: int | None
    moved: bool = False


def pair_blocks(old: list[Block], new: list[Block]) -> list[BlockPair]:
    """Return every block of both sides once, in the order of the new side; a removed one stands where it stood."""
    old_of = {after: before for before, after in match_blocks(old, new).items()}
    steady = set(longest_rising([old_of[place] for place in sorted(old_of)]))
    removed = [place for place in range(len(old)) if place not in old_of.values()]
    pairs: list[BlockPair] = []
    for place, block in enumerate(new):
        before = old_of.get(place)
        if before is None:
            pairs.append(BlockPair(None, block, None, place + 1))
            continue
        if before in steady:
            pairs += [_removed(old, gone) for gone in removed if gone < before]
            removed = [gone for gone in removed if gone > before]
        pairs.append(BlockPair(old[before], block, before + 1, place + 1, moved=before not in steady))
    return pairs + [_removed(old, gone) for gone in removed]


def _removed(old: list[Block], place: int) -> BlockPair:
    return BlockPair(old[place], None, place + 1, None)


def longest_rising(places: list[int]) -> list[int]:
    """Return the longest part of distinct places that keeps its order: the blocks that did not move."""
    best: list[list[int]] = []  # best[n]: the rising part of n + 1 places that ends lowest
    for place in places:
        at = next((n for n, part in enumerate(best) if part[-1] > place), len(best))
        part = [*(best[at - 1] if at else []), place]
        best[at : at + 1] = [part]
    return best[-1] if best else []
