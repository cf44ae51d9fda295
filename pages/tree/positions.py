"""Where a page stands among its siblings: sparse numbers, so that a move writes as few of them as it can."""

STEP = 10
LARGEST = 2**31 - 1


def make_room(positions: list[int], at: int) -> dict[int, int]:
    """Return {index: position} that must be written for a newcomer to stand at index `at` of its siblings.

    `positions` are those of the siblings in order, without the newcomer; indexes count with it. Between
    two numbers with room it is one entry. Without room the neighbours on the side with fewer are pushed.
    """
    around = [*positions[:at], -1, *positions[at:]]
    low = positions[at - 1] if at else None
    high = positions[at] if at < len(positions) else None
    free = between(low, high)
    if free is not None:
        return {at: free}
    pushes = [found for found in (_pushed_up(around, at), _pushed_down(around, at)) if found]
    return min(pushes, key=len) if pushes else {n: STEP * (n + 1) for n in range(len(around))}


def between(low: int | None, high: int | None) -> int | None:
    """Return a free number between two; None where there is none."""
    if high is None:
        found = STEP if low is None else low + STEP
        return found if found <= LARGEST else None
    if low is None:
        return high - STEP if high > STEP else (high // 2 if high > 0 else None)
    return (low + high) // 2 if high - low > 1 else None


def _pushed_up(around: list[int], at: int) -> dict[int, int] | None:
    last = around[at - 1] + STEP if at else STEP
    moved = {at: last}
    for number in range(at + 1, len(around)):
        if around[number] > last:
            break
        last += STEP
        moved[number] = last
    return moved if last <= LARGEST else None


def _pushed_down(around: list[int], at: int) -> dict[int, int] | None:
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
