"""The arithmetic of pictures: which widths are made, and where a crop lies. It knows no files."""

from dataclasses import dataclass

WIDTHS = (400, 800, 1200, 1600)


@dataclass(frozen=True)
class Box:
    """A part of a picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


def widths_for(width: int) -> list[int]:
    """Return the widths to make of a picture, smallest first: never wider than it is."""
    return [step for step in WIDTHS if step < width] + ([width] if width <= WIDTHS[-1] else [])


def height_at(wanted: int, width: int, height: int) -> int:
    """Return the height that keeps the ratio of width × height at another width; at least a pixel."""
    return max(1, round(height * wanted / width))


def landscape_box(width: int, height: int, x: float, y: float) -> Box:
    """Return the largest part with the ratio 3:2 whose middle is as near to the focal point as it can be.

    x and y are from 0 to 1, from the left and from the top.
    """
    part_width = min(width, max(1, round(height * 3 / 2)))
    part_height = min(height, max(1, round(width * 2 / 3)))
    return Box(_crop_start(width, part_width, x), _crop_start(height, part_height, y), part_width, part_height)


def _crop_start(whole: int, part: int, focus: float) -> int:
    return min(max(round(whole * focus - part / 2), 0), whole - part)
