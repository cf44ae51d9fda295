"""What was written in a form that was not saved: each text by its name in the form, with its paragraphs.

Of a form whose row is stored, only the texts that it would have changed: the writer looks for those.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, Model, TextField
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

from mestring.staff.unsent.sealed_form import UnsentForm
from pages.richtext.allowed_markup import clean
from pages.richtext.field import RichTextField
from pages.richtext.reader import text_of

_OF_A_BLOCK = re.compile(r"(.+)-(\d+)-(\w+)")
_ADMIN_NAME = re.compile(r"(\w+)_(add|change)")


@dataclass(frozen=True)
class Written:
    """One text, and the name of its field; "" where no form is known."""

    name: str
    text: str


def written_in(form: UnsentForm) -> list[Written]:
    """Return the texts that were written, in the order of the form, each once."""
    model, pk = _row_of(form.path)
    fields = dict(form.fields)
    found = (_read(name, value, fields, model, pk) for name, value in form.fields)
    return list(dict.fromkeys(one for one in found if one is not None))


def _read(name: str, value: str, fields: dict[str, str], model: Any, pk: str) -> Written | None:
    if name.startswith("_"):  # a button
        return None
    field, of, row = _field_of(name, fields, model, pk)
    if field is None:
        label, text = _name_on_a_case(name), value.strip()
        return Written(label, text) if text and (label or len(text.split()) > 1) else None
    if not isinstance(field, (CharField, TextField)) or field.choices:
        return None
    text = _as_read(field, value)
    if not text or text == _as_read(field, _stored(of, row, field)):
        return None
    original = getattr(field, "translated_field", field)
    names = [str(of._meta.verbose_name)] if of is not model else []
    label = capfirst(", ".join(dict.fromkeys([*names, str(original.verbose_name)])))
    return Written(label + _language_of(field), text)


def _row_of(path: str) -> tuple[type[Model] | None, str]:
    """Return the model whose form stands at this address, and the number of its row; "" for a new one."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None, ""
    names = _ADMIN_NAME.fullmatch(match.url_name or "") if match.app_names == ["admin"] else None
    if names is None:
        return None, ""
    return apps.get_model(*names[1].split("_", 1)), str(match.kwargs.get("object_id", ""))


def _field_of(
    name: str, fields: dict[str, str], model: type[Model] | None, pk: str
) -> tuple[Field | None, Any, str]:
    """Return the field with this name, the model that has it, and the number of its row."""
    part = _OF_A_BLOCK.fullmatch(name)
    if model is None:
        return None, None, ""
    if part is None:
        return _column(model, name), model, pk
    parts = {one.get_accessor_name(): one.related_model for one in model._meta.related_objects}
    inside: Any = parts.get(part[1])
    return (
        (_column(inside, part[3]), inside, fields.get(f"{part[1]}-{part[2]}-id", ""))
        if inside
        else (None, None, "")
    )


def _column(model: type[Model], name: str) -> Field | None:
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def _stored(model: Any, pk: str, field: Field) -> str:
    if not pk.isdecimal() or len(pk) > 18:
        return ""
    return model._base_manager.filter(pk=pk).values_list(field.name, flat=True).first() or ""


def _as_read(field: Field, value: str) -> str:
    """Return a text with a line for each paragraph."""
    if isinstance(field, RichTextField):
        with suppress(ValidationError):  # what is too long to be cleaned is shown as it was sent
            value = text_of(clean(value))
    lines = "\n".join(line.strip() for line in str(value).splitlines()).strip()
    return re.sub(r"\n{3,}", "\n\n", lines)


def _language_of(field: Field) -> str:
    from pages.admin.fields.languages import language_name  # importing it earlier registers the section too early

    language = getattr(field, "language", None)  # set by modeltranslation
    return f" ({language_name(language)})" if language else ""


def _name_on_a_case(name: str) -> str:
    from contact.admin.case.forms.contact_attempt import ContactAttemptForm  # as above
    from contact.admin.case.forms.next_step import NextStepForm
    from contact.admin.case.forms.writing import NoteForm, ReplyForm

    for form in (ReplyForm, NoteForm, ContactAttemptForm, NextStepForm):
        prefix, _dash, field = name.partition("-")
        if prefix == form.prefix and field in ("text", "reason"):
            return str(form.base_fields[field].label)
    return ""
