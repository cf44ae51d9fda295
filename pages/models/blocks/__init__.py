"""Blocks: the typed pieces of a page's body. Each has a template of the same name.

A new block needs: a model here with `snapshot_name`, a row in translation.py, a template in
templates/pages/blocks/, an inline in the admin, an edit right in the roles, a test. One with rich
text, or whose neighbours are shown as one list, also needs a row in pages.rendering.blocks.
"""

from pages.models.blocks.advice import DoDontBlock, FactorBlock, StepBlock
from pages.models.blocks.answers import FaqBlock, MythFactBlock, TermBlock
from pages.models.blocks.contact import CareCardBlock, ContactPanelBlock, DoorBlock
from pages.models.blocks.facts import ClaimBlock, EventBlock, HelplinesBlock
from pages.models.blocks.figure import FigureBlock
from pages.models.blocks.resource_link import ResourceLinkBlock
from pages.models.blocks.table import TableBlock
from pages.models.blocks.words import CalloutBlock, QuoteBlock, TextBlock

BLOCKS = (
    TextBlock, CalloutBlock, DoDontBlock, StepBlock, FactorBlock, FaqBlock, MythFactBlock, TermBlock,
    TableBlock, ResourceLinkBlock, FigureBlock, QuoteBlock, ClaimBlock, EventBlock, HelplinesBlock,
    CareCardBlock, ContactPanelBlock, DoorBlock,
)  # fmt: skip

__all__ = [
    "BLOCKS", "CalloutBlock", "CareCardBlock", "ClaimBlock", "ContactPanelBlock", "DoDontBlock", "DoorBlock",
    "EventBlock", "FactorBlock", "FaqBlock", "FigureBlock", "HelplinesBlock", "MythFactBlock", "QuoteBlock",
    "ResourceLinkBlock", "StepBlock", "TableBlock", "TermBlock", "TextBlock",
]  # fmt: skip
