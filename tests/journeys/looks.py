"""The looks in which a kind of page is seen, and how they are dealt out over the kinds.

The whole matrix shows each kind in every dress at every size; it is the long proof `looks` (tests/proofs.py).
Always, each kind is seen once in each dress, at another size in each: over the kinds, every dress meets each size.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests import proofs

WHOLE = "looks" in proofs.WANTED
HEIGHT = 800
# 400 % zoom on a small laptop, where the call bar gives way; and a window pulled low.
NARROW = ((320, HEIGHT), (360, HEIGHT), (320, 256))
WIDE = ((768, HEIGHT), (1280, HEIGHT), (1280, 400))
SIZES = NARROW + WIDE
DRESSES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "print": {"media": "print"},
    "forced colours": {"forced_colors": "active"},
    "right to left": {},
}
# Open menus and answers move what is below them; colours and paper do not care.
WHEN_OPEN = ("light", "right to left")


class Look(NamedTuple):
    """What a page wears, and the size of the window."""

    dress: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.dress} {self.width}×{self.height}"


def whole(dresses=DRESSES) -> list[Look]:
    """Return each dress at each size."""
    return [Look(dress, *size) for dress in dresses for size in SIZES]


def dealt(kind: int, dresses=DRESSES) -> Iterator[Look]:
    """Yield each dress once, for the kind with this number: one narrow, the next wide."""
    for place, dress in enumerate(dresses):
        yield Look(dress, *SIZES[(kind + place * len(NARROW) + place // 2) % len(SIZES)])


def looks(kind: int, dresses=DRESSES) -> list[Look]:
    """Return in which looks the kind with this number is seen in this run."""
    return whole(dresses) if WHOLE else list(dealt(kind, dresses))
