"""Write an edition back into the working copy, which then says what the edition says."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Field, ForeignKey
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, Edition, Page

PAGE_FIELDS = (
    "position", "in_menu", "in_footer", "audience",
    "clinical", "care_level", "reviewed_by", "reviewed_on", "next_review_on",
)  # fmt: skip
BY_NAME = {model.snapshot_name: model for model in BLOCKS}
LeftOut = list[tuple[str, Any]]


@transaction.atomic
def write_back(edition: Edition) -> tuple[Page, LeftOut]:
    """Make the page's working copy say what this edition says, and return the page.

    A snapshot taken afterwards equals the edition. A block whose claim or gathering has been deleted is left out,
    and so is a deleted parent; the second value names each as (type, id). Makes no edition; the caller saves one.
    """
    if edition.is_redacted:
        raise ValueError("a redacted edition has nothing to write back")
    return write(edition.page, edition.head, edition.body)


@transaction.atomic
def write(page: Page, head: dict[str, Any], body: list[dict[str, Any]]) -> tuple[Page, LeftOut]:
    """Do what `write_back` says, with any head and body.

    Rows of the same type are reused, so that a form that a colleague has open still finds its blocks.
    """
    left_out: LeftOut = []
    page = Page.objects.get(pk=page.pk)  # the caller's object may hold unsaved words
    _write_head(page, head, left_out)
    spare = {model: list(model.objects.filter(parent=page).order_by("ordering", "pk")) for model in BLOCKS}
    for number, stored in enumerate(body, start=1):
        model = BY_NAME.get(stored["type"])
        if model is None:
            left_out.append((stored["type"], None))
        elif (values := _values(model, stored, left_out)) is not None:
            used = spare[model].pop(0).pk if spare[model] else None
            # A new object over the old row: a field that the edition does not name gets its default.
            model(pk=used, parent=page, region=Page.regions[0].key, ordering=10 * number, **values).save()
    for model, rows in spare.items():
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return page, left_out


def _write_head(page: Page, head: dict[str, Any], left_out: LeftOut) -> None:
    empty = Page()
    for name in PAGE_FIELDS:
        field = Page._meta.get_field(name)
        setattr(page, name, field.to_python(head.get(name, getattr(empty, name))))  # type: ignore[union-attr]  # PAGE_FIELDS names plain fields only
    # A kind that only one page can have is neither taken from the page nor given to it.
    if not {page.kind, head.get("kind", page.kind)} & set(Page.ONLY_ONE):
        page.kind = head.get("kind", page.kind)
    page.parent = _parent(page, head.get("parent"), left_out)
    for name in translator.get_options_for_model(Page).all_fields:
        for language in LANGUAGES:
            setattr(page, f"{name}_{language}", head.get(name, {}).get(language, ""))
    page.save()


def _parent(page: Page, number: int | None, left_out: LeftOut) -> Page | None:
    """Return the edition's parent, unless it is deleted or has since been placed under this very page."""
    parent = Page.objects.kept().filter(pk=number).first() if number else None
    above, seen = parent, {page.pk}
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        above = above.parent
    if (number and parent is None) or above is not None:
        left_out.append(("parent", number))
        return None
    return parent


def _values(model: Any, stored: dict[str, Any], left_out: LeftOut) -> dict[str, Any] | None:
    """Return the stored values by column name; None when a row that the block points to is gone."""
    values: dict[str, Any] = {}
    for field, value in columns_of(model, stored):
        if isinstance(field, ForeignKey) and value is not None and not _exists(field, value):
            left_out.append((stored["type"], value))
            return None
        values[field.attname] = field.to_python(value)
    return values


def columns_of(model: Any, stored: dict[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Yield (field, value) of what is stored, each language for itself, without fields that the model has lost."""
    translated = translator.get_options_for_model(model).all_fields
    for name, value in stored.items():
        if name in translated:
            for language in LANGUAGES:
                yield model._meta.get_field(f"{name}_{language}"), value.get(language, "")
        elif (field := _field(model, name)) is not None:
            yield field, value


def _field(model: Any, name: str) -> Field | None:
    """Return the model's field; None for one that the format had once and the model no longer has."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _exists(field: ForeignKey, value: Any) -> bool:
    related: Any = field.related_model
    return related._base_manager.filter(pk=value).exists()
