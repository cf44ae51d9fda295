"""The blocks of three snapshots, each matched with itself in the other two, and their order after a merge."""

from dataclasses import dataclass

from pages.diff.block_matching import Block, left, match_blocks


@dataclass(frozen=True, eq=False)
class MatchedBlock:
    """One block as it is in each of the three snapshots, with its places; None where it is not."""

    base: Block | None
    ours: Block | None
    theirs: Block | None
    ours_place: int | None
    theirs_place: int | None

    @property
    def in_both(self) -> bool:
        """Say whether both ours and theirs have it."""
        return self.ours is not None and self.theirs is not None


def match_snapshots(base: list[Block], ours: list[Block], theirs: list[Block]) -> list[MatchedBlock]:
    """Return every block of the three once: those of the base first, then those that were added."""
    in_ours, in_theirs = match_blocks(base, ours), match_blocks(base, theirs)
    new_ours, new_theirs = [*left(ours, in_ours.values())], [*left(theirs, in_theirs.values())]
    # The same block added by both must not stand twice.
    both = match_blocks([block for _place, block in new_theirs], [block for _place, block in new_ours])
    in_both = {new_theirs[a][0]: new_ours[b][0] for a, b in both.items()}
    places: list[tuple[Block | None, int | None, int | None]] = [
        *((block, in_ours.get(place), in_theirs.get(place)) for place, block in enumerate(base)),
        *((None, mine, waiting) for waiting, mine in in_both.items()),
        *((None, None, waiting) for waiting, _block in new_theirs if waiting not in in_both),
        *((None, mine, None) for mine, _block in new_ours if mine not in in_both.values()),
    ]
    return [
        MatchedBlock(block, _block_at(ours, mine), _block_at(theirs, waiting), mine, waiting)
        for block, mine, waiting in places
    ]


def match_rows(
    base: list[Block], ours: list[Block], theirs: list[Block], same: dict[int, int]
) -> list[MatchedBlock]:
    """Return every block of ours and theirs once, where {place in ours: place in theirs} names those of one row.

    A row knows its block also when both sides have rewritten it; what it said before is found as ever.
    """
    in_base = [{place: b for b, place in match_blocks(base, side).items()} for side in (ours, theirs)]
    places: list[tuple[int | None, int | None]] = [
        *same.items(),
        *((place, None) for place in range(len(ours)) if place not in same),
        *((None, place) for place in range(len(theirs)) if place not in same.values()),
    ]
    found, taken = [], set[int]()
    for mine, waiting in places:
        known = (in_base[0].get(-1 if mine is None else mine), in_base[1].get(-1 if waiting is None else waiting))
        place = next((one for one in known if one is not None and one not in taken), None)
        if place is not None:
            taken.add(place)
        found.append(
            MatchedBlock(_block_at(base, place), _block_at(ours, mine), _block_at(theirs, waiting), mine, waiting)
        )
    return found


def _block_at(blocks: list[Block], place: int | None) -> Block | None:
    return None if place is None else blocks[place]


def merged_order(matched: list[MatchedBlock]) -> list[MatchedBlock]:
    """Return the blocks in the order of theirs, or of ours where only ours was reordered.

    A block that ours added stands behind the block that it stands behind in ours.
    """
    order = sorted((block for block in matched if block.theirs is not None), key=_theirs_place)
    if _only_ours_was_reordered(matched):
        shared = iter(sorted((block for block in order if block.in_both), key=_ours_place))
        order = [next(shared) if block.in_both else block for block in order]
    added = (block for block in matched if block.base is None and block.theirs is None)
    for block in sorted(added, key=_ours_place):
        before = [other for other in order if other.ours is not None and _ours_place(other) < _ours_place(block)]
        order.insert(order.index(max(before, key=_ours_place)) + 1 if before else 0, block)
    return order


def _only_ours_was_reordered(matched: list[MatchedBlock]) -> bool:
    of_base = [block for block in matched if block.base is not None]
    theirs = [_theirs_place(block) for block in of_base if block.theirs is not None]
    ours = [_ours_place(block) for block in of_base if block.ours is not None]
    return theirs == sorted(theirs) and ours != sorted(ours)


def _ours_place(block: MatchedBlock) -> int:
    return -1 if block.ours_place is None else block.ours_place


def _theirs_place(block: MatchedBlock) -> int:
    return -1 if block.theirs_place is None else block.theirs_place
