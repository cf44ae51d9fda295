"""Which fields of the working copy have one text per language."""

from django.db.models import Model
from modeltranslation.translator import TranslationOptions, translator

from pages.models import (
    CalloutBlock,
    CareCardBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    FactorBlock,
    FaqBlock,
    Helpline,
    MythFactBlock,
    Page,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
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
    TableBlock: ("caption", "rows"),
    ResourceLinkBlock: ("title",),
    QuoteBlock: ("text", "attribution"),
    CareCardBlock: ("title", "body"),
    ContactPanelBlock: ("title", "text"),
    DoorBlock: ("title", "text"),
    Helpline: ("name", "hours"),
}

for model, names in TRANSLATED.items():
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names})
    translator.register(model, options)
