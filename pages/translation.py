"""Which fields of the working copy have one text per language."""

from django.db.models import Model
from modeltranslation.translator import TranslationOptions, translator

from pages.models import (
    CareCardBlock,
    ContactPanelBlock,
    DoorBlock,
    Helpline,
    Page,
    QuoteBlock,
    TextBlock,
)

TRANSLATED: dict[type[Model], tuple[str, ...]] = {
    Page: ("title", "menu_title", "slug", "lead", "description"),
    TextBlock: ("body",),
    QuoteBlock: ("text", "attribution"),
    CareCardBlock: ("title", "body"),
    ContactPanelBlock: ("title", "text"),
    DoorBlock: ("title", "text"),
    Helpline: ("name", "hours"),
}

for model, names in TRANSLATED.items():
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names})
    translator.register(model, options)
