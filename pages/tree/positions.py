"""Where a page stands among its siblings: numbers with gaps, so that a move writes as few of them as possible."""

STEP = 10
LARGEST = 2**31 - 1


def make_room(positions: list[int], at: int) -> dict[int, int]:
    """Return {index: position} to write so that a new page stands at index `at` of its siblings.

    `positions` are those of the siblings in order, without the new page; indexes count it. Between two numbers
    with a gap it is one entry. Without a gap the neighbours are pushed, on the side where fewer have to move.
    """
    around = [*positions[:at], -1, *positions[at:]]
    low = positions[at - 1] if at else None
    high = positions[at] if at < len(positions) else None
    free = between(low, high)
    if free is not None:
        return {at: free}
    pushes = [push for push in (_push_up(around, at), _push_down(around, at)) if push]
    return min(pushes, key=len) if pushes else {n: STEP * (n + 1) for n in range(len(around))}


def between(low: int | None, high: int | None) -> int | None:
    """Return a free number between two, or beyond one of them; None where there is none."""
    if high is None:
        found = STEP if low is None else low + STEP
        return found if found <= LARGEST else None
    if low is None:
        return high - STEP if high > STEP else (high // 2 if high > 0 else None)
    return (low + high) // 2 if high - low > 1 else None


def _push_up(around: list[int], at: int) -> dict[int, int] | None:
    last = around[at - 1] + STEP if at else STEP
    moved = {at: last}
    for number in range(at + 1, len(around)):
        if around[number] > last:
            break
        last += STEP
        moved[number] = last
    return moved if last <= LARGEST else None


def _push_down(around: list[int], at: int) -> dict[int, int] | None:
    if at + 1 == len(around):
        return None
    last = around[at + 1] - STEP
    moved = {at: last}
    for number in range(at - 1, -1, -1):
        if around[number] < last:
            break
        last -= STEP
        moved[number] = last
    return moved if last >= 0 else None
