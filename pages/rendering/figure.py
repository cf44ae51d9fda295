"""A stored figure as the template reads it: sources for the browser to choose from, or a drawing."""

from dataclasses import dataclass
from typing import Any

from pages.models import FigureBlock
from pages.models.picture import address
from pages.rendering.moment import Moment

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
# The column of text is 39rem wide; on phones it is the window without its gutters.
SIZES = "(min-width: 42rem) 39rem, 92vw"
DEFAULT_WIDTH = 800  # for browsers that cannot choose


@dataclass(frozen=True)
class Source:
    """One format of a picture."""

    type: str
    srcset: str


def finish_figure(block: dict[str, Any], moment: Moment) -> bool:
    """Add what the template needs; return False for a figure that cannot be shown in this language.

    A figure that is neither described nor decoration would be a gap in a screen reader; the form refuses one.
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
        Source(
            TYPES[ending], ", ".join(f"{_file_url(block, width, ending)} {width}w" for width in block["widths"])
        )
        for ending in ("avif", "webp", block["fallback"])
    )
    usual = min(block["widths"], key=lambda width: abs(width - DEFAULT_WIDTH))
    block["src"] = _file_url(block, usual, block["fallback"])
    return True


def _file_url(block: dict[str, Any], width: int, ending: str) -> str:
    return address(block["key"], f"{block['stem']}-{width}.{ending}")
