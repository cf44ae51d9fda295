"""The forms of a page and its blocks in one language, made of what is stored and what an editor sent."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from modeltranslation.translator import translator

from pages.admin.translations.one_language_form import OPENED, OneLanguageForm, stored_text, text_digest
from pages.editions.snapshot import blocks_of
from pages.languages import SOURCE, in_language
from pages.models import FigureBlock, Page

ALWAYS_SHOWN = ("title", "slug")  # without them visitors cannot see the page


def page_forms(admin: Any, request: HttpRequest, page: Page, language: str) -> list[OneLanguageForm]:
    """Return the forms of the page and its blocks in reading order; for a POST, with what was sent.

    A block that the person may not change has no form, and so has a text that is empty in both languages.
    """
    admins = {type(page): admin} | {
        inline.model: inline
        for inline in admin.get_inline_instances(request, page)
        if inline.has_change_permission(request, page)
    }
    rows = [row for row in (page, *blocks_of(page)) if type(row) in admins]
    fields = [(row, names) for row in rows if (names := shown_fields(row, language))]
    data = fill_untouched(request.POST, fields, language) if request.method == "POST" else None
    made = []
    for row, names in fields:
        form: Any = forms.modelform_factory(
            type(row), form=OneLanguageForm, fields=[f"{name}_{language}" for name in names],
            formfield_callback=partial(admins[type(row)].formfield_for_dbfield, request=request),
        )  # fmt: skip
        form.language = language
        made.append(form(data, instance=row, prefix=prefix_of(row)))
    return made


def prefix_of(row: Any) -> str:
    """Return what the names of a row's fields begin with."""
    return "page" if isinstance(row, Page) else f"{row.snapshot_name}-{row.pk}"


def shown_fields(row: Any, language: str) -> list[str]:
    """Return the fields of a row that stand side by side, in the order of the form."""
    translated = translator.get_options_for_model(type(row)).all_fields
    names = [field.name for field in type(row)._meta.concrete_fields if field.name in translated]
    if isinstance(row, FigureBlock) and row.decorative:
        names.remove("alt")
    if isinstance(row, Page) and row.kind in Page.ONLY_ONE:
        names.remove("slug")
    return [
        name for name in names
        if in_language(row, name, SOURCE) or in_language(row, name, language)
        or (isinstance(row, Page) and name in ALWAYS_SHOWN)
    ]  # fmt: skip


def fill_untouched(sent: QueryDict, fields: list[tuple[Any, list[str]]], language: str) -> QueryDict:
    """Return what was sent, with the stored text in each field that the editor did not touch."""
    data = sent.copy()
    for row, names in fields:
        for name in names:
            key, stored = f"{prefix_of(row)}-{name}_{language}", stored_text(row, f"{name}_{language}")
            if key not in sent or text_digest(str(sent[key])) == sent.get(OPENED + key):
                data[key] = stored
                data[OPENED + key] = text_digest(stored)
    return data
