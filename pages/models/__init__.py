"""The tables of the website: pages, blocks, editions, addresses, pictures, facts, links, with their own rules."""

from pages.models.address import Address
from pages.models.blocks import (
    BLOCKS,
    CalloutBlock,
    CareCardBlock,
    ClaimBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    EventBlock,
    FactorBlock,
    FaqBlock,
    FigureBlock,
    HelplinesBlock,
    MythFactBlock,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
    TermBlock,
    TextBlock,
)
from pages.models.claim import Claim
from pages.models.clinic import Clinic, Helpline
from pages.models.edition import Edition
from pages.models.event import Event, EventDate
from pages.models.form_opening import FormOpening
from pages.models.inside_link import InsideLink
from pages.models.launch import LaunchConfirmation
from pages.models.notice import Notice
from pages.models.outside_link import LinkCheck, OutsideLink
from pages.models.page import Page
from pages.models.page_translation import PageTranslation
from pages.models.picture import Picture, Shape
from pages.models.preview import Preview
from pages.models.redaction import Redaction
from pages.models.search_entry import SearchEntry
from pages.models.share_link import ShareLink
from pages.models.starter import StarterRecord
from pages.models.word_exception import WordException

__all__ = [
    "BLOCKS", "Address", "CalloutBlock", "CareCardBlock", "Claim", "ClaimBlock", "Clinic", "ContactPanelBlock",
    "DoDontBlock", "DoorBlock", "Edition", "Event", "EventBlock", "EventDate", "FactorBlock", "FaqBlock",
    "FigureBlock", "FormOpening", "Helpline", "HelplinesBlock", "InsideLink", "LaunchConfirmation", "LinkCheck",
    "MythFactBlock", "Notice", "OutsideLink", "Page", "PageTranslation", "Picture", "Preview", "QuoteBlock",
    "Redaction", "ResourceLinkBlock", "SearchEntry", "Shape", "ShareLink", "StarterRecord", "StepBlock",
    "TableBlock", "TermBlock", "TextBlock", "WordException",
]  # fmt: skip
