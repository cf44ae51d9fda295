"""Which fields of the working copy have one text per language."""

from django.db.models import Model
from modeltranslation.translator import TranslationOptions, translator

from pages.models import (
    CalloutBlock,
    CareCardBlock,
    Claim,
    ClaimBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    Event,
    EventBlock,
    FactorBlock,
    FaqBlock,
    FigureBlock,
    Helpline,
    HelplinesBlock,
    MythFactBlock,
    Notice,
    Page,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
    TermBlock,
    TextBlock,
)

TRANSLATED: dict[type[Model], tuple[str, ...]] = {
    Page: ("title", "menu_title", "slug", "lead", "description"),
    TextBlock: ("body",),
    CalloutBlock: ("title", "body"),
    DoDontBlock: ("text",),
    StepBlock: ("title", "body"),
    FactorBlock: ("title", "text"),
    FaqBlock: ("question", "answer"),
    MythFactBlock: ("myth", "fact"),
    TermBlock: ("term", "explanation"),
    TableBlock: ("caption", "rows"),
    ResourceLinkBlock: ("title",),
    FigureBlock: ("alt", "caption"),
    QuoteBlock: ("text", "attribution"),
    CareCardBlock: ("title", "body"),
    ContactPanelBlock: ("title", "text"),
    DoorBlock: ("title", "text"),
    Helpline: ("name", "hours"),
    # No words of their own; registered because every block is asked for them.
    ClaimBlock: (),
    EventBlock: (),
    HelplinesBlock: (),
    Claim: ("text",),
    Event: ("title", "text", "place"),
    Notice: ("text",),
}

for model, names in TRANSLATED.items():
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names})
    translator.register(model, options)
