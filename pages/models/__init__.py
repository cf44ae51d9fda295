"""The words of this app: Page, Block, Edition, Address, Clinic, Helpline, launch list."""

from pages.models.address import Address
from pages.models.blocks import (
    BLOCKS,
    CalloutBlock,
    CareCardBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    FactorBlock,
    FaqBlock,
    MythFactBlock,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
    TextBlock,
)
from pages.models.clinic import Clinic, Helpline
from pages.models.edition import Edition
from pages.models.launch import LaunchConfirmation
from pages.models.page import Page
from pages.models.starter import StarterRecord

__all__ = [
    "BLOCKS", "Address", "CalloutBlock", "CareCardBlock", "Clinic", "ContactPanelBlock", "DoDontBlock",
    "DoorBlock", "Edition", "FactorBlock", "FaqBlock", "Helpline", "LaunchConfirmation", "MythFactBlock",
    "Page", "QuoteBlock", "ResourceLinkBlock", "StarterRecord", "StepBlock", "TableBlock", "TextBlock",
]  # fmt: skip
