"""The words of this app: Page, Block, Edition, Address, Clinic, Helpline, launch list."""

from pages.models.address import Address
from pages.models.blocks import (
    BLOCKS,
    CareCardBlock,
    ContactPanelBlock,
    DoorBlock,
    QuoteBlock,
    TextBlock,
)
from pages.models.clinic import Clinic, Helpline
from pages.models.edition import Edition
from pages.models.launch import LaunchConfirmation
from pages.models.page import Page
from pages.models.starter import StarterRecord

__all__ = [
    "BLOCKS", "Address", "CareCardBlock", "Clinic", "ContactPanelBlock", "DoorBlock", "Edition",
    "Helpline", "LaunchConfirmation", "Page", "QuoteBlock", "StarterRecord", "TextBlock",
]  # fmt: skip
