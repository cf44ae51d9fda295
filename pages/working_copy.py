"""Write an edition back: the working copy then says what the edition says."""

from typing import Any

from django.db import transaction
from django.db.models import Field, ForeignKey
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, Edition, Page

OWN = ("position", "in_menu", "in_footer", "audience")
BY_NAME = {model.snapshot_name: model for model in BLOCKS}


@transaction.atomic
def write_back(edition: Edition) -> Page:
    """Make the page's working copy say what this edition says, and return the page.

    A snapshot taken afterwards equals the edition. What no longer exists cannot come back: a block of
    a deleted claim or gathering is left out, and a deleted parent. Each is named in the returned
    page's `left_out`, as (type, number). Makes no edition; the caller saves one.
    """
    return write(edition.page, edition.head, edition.body)


@transaction.atomic
def write(page: Page, head: dict[str, Any], body: list[dict[str, Any]]) -> Page:
    """Do what `write_back` says with a head and a body that need not be an edition's."""
    left_out: list[tuple[str, Any]] = []
    page = Page.objects.get(pk=page.pk)  # the caller's may hold words that were never saved
    empty = Page()
    for name in OWN:
        setattr(page, name, head.get(name, getattr(empty, name)))
    page.parent = _parent(page, head.get("parent"), left_out)
    for name in translator.get_options_for_model(Page).all_fields:
        for language in LANGUAGES:
            setattr(page, f"{name}_{language}", head.get(name, {}).get(language, ""))
    page.save()
    for model in BLOCKS:
        model.objects.filter(parent=page).delete()
    for number, stored in enumerate(body, start=1):
        _write_block(page, 10 * number, stored, left_out)
    page.left_out = left_out  # type: ignore[attr-defined]  # what the caller tells the editor
    return page


def _parent(page: Page, number: int | None, left_out: list[tuple[str, Any]]) -> Page | None:
    """Return the parent of then, unless it is gone or has since been placed under this very page."""
    parent = Page.objects.filter(pk=number).first() if number else None
    above, seen = parent, {page.pk}
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        above = above.parent
    if (number and parent is None) or above is not None:
        left_out.append(("parent", number))
        return None
    return parent


def _write_block(page: Page, ordering: int, stored: dict[str, Any], left_out: list[tuple[str, Any]]) -> None:
    model = BY_NAME.get(stored["type"])
    if model is None:
        left_out.append((stored["type"], None))
        return
    block = model(parent=page, region=Page.regions[0].key, ordering=ordering)
    translated = translator.get_options_for_model(model).all_fields
    for name, value in stored.items():
        if name in translated:
            for language in LANGUAGES:
                setattr(block, f"{name}_{language}", value.get(language, ""))
        elif name != "type" and (field := _field(model, name)) is not None:
            if isinstance(field, ForeignKey) and value is not None and not _exists(field, value):
                left_out.append((stored["type"], value))
                return
            setattr(block, field.attname, field.to_python(value))
    block.save()


def _field(model: Any, name: str) -> Field | None:
    """Return the model's field; None for one that the format had once and the model no longer has."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _exists(field: ForeignKey, value: Any) -> bool:
    related: Any = field.related_model
    return related._base_manager.filter(pk=value).exists()
