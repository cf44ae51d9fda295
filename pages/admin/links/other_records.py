"""Records outside the pages that hold the search term: switchboard, helplines, claims, gatherings, notices.

Staff change them by hand, each in its own form.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import Claim, Clinic, Event, Helpline, Notice
from pages.replace.replacement import Replacement
from pages.replace.search_term import WEB

FIELDS: dict[Any, tuple[str, ...]] = {
    Clinic: ("phone",), Helpline: ("number", "name", "hours"), Claim: ("text", "source", "source_url"),
    Event: ("title", "text", "place"), Notice: ("text",),
}  # fmt: skip


@dataclass(frozen=True)
class OtherRecord:
    """One record, with the form in which it is changed, if the person may open it."""

    kind: str
    name: str
    url: str


def other_records(replacement: Replacement, user: Any) -> list[OtherRecord]:
    """Return the records that hold the search term.

    They are not rewritten: a claim is confirmed word for word, and the others are few.
    """
    rows = [row for model in FIELDS for row in model.objects.all() if holds(row, replacement)]
    return [OtherRecord(str(row._meta.verbose_name), str(row), form_url(row, user)) for row in rows]


def form_url(row: Any, user: Any) -> str:
    """Return where the record is changed; "" for a person who may not see it."""
    name = row._meta.model_name
    may = any(user.has_perm(f"pages.{verb}_{name}") for verb in ("view", "change"))
    return reverse(f"admin:pages_{name}_change", args=[row.pk]) if may else ""


def holds(row: Any, replacement: Replacement) -> bool:
    """Say whether one of the record's texts holds the search term."""
    translated = translator.get_options_for_model(type(row)).all_fields if type(row) is not Clinic else ()
    for name in FIELDS[type(row)]:
        columns = [f"{name}_{language}" for language in LANGUAGES] if name in translated else [name]
        if any(_occurs_in(getattr(row, column) or "", replacement) for column in columns):
            return True
    return False


def _occurs_in(text: str, replacement: Replacement) -> bool:
    whole = replacement.old.kind == WEB and bool(replacement.old.spans_in_href(text))
    return whole or any(True for _span in replacement.old.spans(text))
