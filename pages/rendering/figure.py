"""A stored figure as the template reads it: sources for the browser to choose from, or a drawing."""

from dataclasses import dataclass
from typing import Any

from pages.models import FigureBlock
from pages.models.picture import address
from pages.rendering.moment import Moment

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
# The column of text is 39rem wide, on phones the window but for its gutters.
SIZES = "(min-width: 42rem) 39rem, 92vw"
USUAL = 800  # for browsers that cannot choose


@dataclass(frozen=True)
class Source:
    """One format of a picture."""

    type: str
    srcset: str


def finish_figure(block: dict[str, Any], moment: Moment) -> bool:
    """Add what the template needs; False for a figure that cannot be shown in this language.

    Neither described nor decoration, it would be a hole for those who listen; the form refuses that.
    """
    if not block["alt"] and not block["decorative"]:
        return False
    if block["drawing"]:
        block["drawing_template"] = f"pages/drawings/{block['drawing']}.html"
        return block["drawing"] in FigureBlock.Drawing.values
    if not block.get("widths") or block["key"] in moment.facts.withdrawn:
        return False
    block["sizes"] = SIZES
    *block["sources"], block["fallback_source"] = (
        Source(TYPES[ending], ", ".join(f"{_file(block, width, ending)} {width}w" for width in block["widths"]))
        for ending in ("avif", "webp", block["fallback"])
    )
    usual = min(block["widths"], key=lambda width: abs(width - USUAL))
    block["src"] = _file(block, usual, block["fallback"])
    return True


def _file(block: dict[str, Any], width: int, ending: str) -> str:
    return address(block["key"], f"{block['stem']}-{width}.{ending}")
