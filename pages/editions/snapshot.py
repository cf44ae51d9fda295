"""The edition format: a working copy as plain data (read back in pages.editions.working_copy).

Format 1:
  head = {kind, parent, position, in_menu, in_footer (absent in the oldest: no), audience (likewise: all),
          languages: [complete ones],
          title|menu_title|slug|lead|description: {language: text}}
  body = [{"type": name of the block, field: value or {language: text}}, …] in order;
          a figure with a picture also carries what Picture.as_shown() says
A redacted edition of any format has no texts, no languages, an empty body, and redacted: true in its head.
A format that was ever written stays readable for ever (tests/pages/fixtures).
"""

from datetime import date
from typing import Any

from django.db.models import Model
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, FigureBlock, Page

FORMAT = 1
POSITION_FIELDS = ("id", "parent", "region", "ordering")


def translations(obj: Model, name: str) -> dict[str, str]:
    """Return {language: text} of one translated field, languages without text left out."""
    texts = {language: getattr(obj, f"{name}_{language}") or "" for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text.strip()}


def block_snapshot(block: Any) -> dict[str, Any]:
    """Return one block as plain data."""
    translated = translator.get_options_for_model(type(block)).all_fields
    stored: dict[str, Any] = {"type": block.snapshot_name}
    for field in type(block)._meta.get_fields():
        if field.name in translated:
            stored[field.name] = translations(block, field.name)
        elif field.name not in POSITION_FIELDS and not hasattr(field, "translated_field"):
            value = field.value_from_object(block)
            stored[field.name] = value.isoformat() if isinstance(value, date) else value
    return stored | block.more_for_snapshot()


def blocks_of(page: Page) -> list[Any]:
    """Return the working copy's blocks of every type, in the order staff gave them."""
    found = [block for m in BLOCKS for block in m.objects.filter(parent=page).prefetch_related(*m.read_with)]
    return sorted(found, key=lambda block: (block.ordering, block.snapshot_name, block.pk))


NEEDS = {model.snapshot_name: model.needs for model in BLOCKS}


def languages_with_text(body: list[dict[str, Any]]) -> set[str]:
    """Return the languages in which at least one block is shown. A figure alone is not content."""
    return {language for block in body for language in LANGUAGES if is_shown_in(block, language)}


def is_shown_in(block: dict[str, Any], language: str) -> bool:
    """Say whether a stored block has words in a language, and every field without which it is not shown."""
    filled = {name for name, value in block.items() if isinstance(value, dict) and value.get(language)}
    return bool(filled) and filled >= set(NEEDS[block["type"]]) and block["type"] != FigureBlock.snapshot_name


def snapshot(page: Page) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return (head, body) of the working copy as stored in the database.

    A language is complete, and so public, with a title, an address and at least one block in it.
    An overview shows its subpages, so its introduction is enough.
    """
    body = [block_snapshot(block) for block in blocks_of(page)]
    head: dict[str, Any] = {
        "kind": page.kind, "parent": page.parent_id, "position": page.position, "in_menu": page.in_menu,
        "in_footer": page.in_footer, "audience": page.audience,
        "clinical": page.clinical, "care_level": page.care_level, "reviewed_by": page.reviewed_by,
        "reviewed_on": page.reviewed_on and page.reviewed_on.isoformat(),
        "next_review_on": page.next_review_on and page.next_review_on.isoformat(),
    }  # fmt: skip
    for name in ("title", "menu_title", "slug", "lead", "description"):
        head[name] = translations(page, name)
    if page.kind in Page.ONLY_ONE:
        head["slug"] = {}
    shown = languages_with_text(body)
    if page.kind == Page.Kind.OVERVIEW:
        shown |= set(head["lead"])
    complete = shown & set(head["title"])
    if page.kind not in Page.ONLY_ONE:
        complete &= set(head["slug"])
    head["languages"] = [language for language in LANGUAGES if language in complete]
    return head, body
