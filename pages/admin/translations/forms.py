"""One form per row of a page, with the texts of one language and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from pages.diff.translation_pairs import NOT_TRANSLATED, Pair, mark_of
from pages.editions.addresses import refuse_address
from pages.editions.side_by_side import TranslatedText
from pages.editions.snapshot import blocks_of
from pages.languages import SOURCE, in_language
from pages.models import FigureBlock, Page
from pages.models.blocks.figure import ALT_MISSING
from pages.richtext.slugs import slug_from

OPENED, SEEN, RIGHT = "opened-", "source-", "right-"
# What a page is not shown without is always asked for.
ALWAYS = ("title", "slug")


def stored(row: Any, column: str) -> str:
    """Return a text as the database has it, with the line breaks that a browser sends."""
    return (getattr(row, column) or "").replace("\r\n", "\n")


def exactly(text: str) -> str:
    """Return a mark of the very letters of a text."""
    return sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


class OneLanguageForm(forms.ModelForm):
    """The texts of one row in one language.

    A text that somebody else changed since the page was opened is not overwritten: it becomes an error that
    shows both. Rules about the other languages and settings are for the page's own form.
    """

    language = ""
    page_title = ""  # as it is going to be in this language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As it was read: cleaning writes into the row.
        self.here = {column: stored(self.instance, column) for column in self.fields}
        self.meanwhile: dict[str, str] = {}

    @property
    def place(self) -> str:
        """Return what the places of its texts begin with (pages.diff.translation_pairs)."""
        return "page" if isinstance(self.instance, Page) else self.instance.snapshot_name

    @property
    def columns(self) -> dict[str, str]:
        """Return {column: name of the field}."""
        return {column: column.removesuffix(f"_{self.language}") for column in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for column in self.fields:
            sent, here = self.data.get(self.add_prefix(column), ""), self.here[column]
            opened = self.data.get(OPENED + self.add_prefix(column), "")
            if opened != exactly(here) and exactly(sent) != exactly(here):
                self.meanwhile[column] = here
                text = _(
                    "Not saved: somebody else has changed this text meanwhile. Both stand here; make one text of "
                    "them and save again."
                )
                self.add_error(column, text)
        if isinstance(self.instance, Page) and self.instance.kind not in Page.ONLY_ONE:
            self._clean_address(cleaned)
        alt = f"alt_{self.language}"
        asked = isinstance(self.instance, FigureBlock) and alt in self.fields and alt not in self.errors
        if asked and self.page_title and not cleaned.get(alt):
            self.add_error(alt, ALT_MISSING)
        return cleaned

    def _clean_address(self, cleaned: dict[str, Any]) -> None:
        column = f"slug_{self.language}"
        if column in self.errors:
            return
        cleaned[column] = cleaned.get(column) or slug_from(cleaned.get(f"title_{self.language}") or "")
        try:
            if cleaned[column]:
                refuse_address(self.instance, self.language, cleaned[column])
        except ValidationError as error:
            self.add_error(column, error)

    def _update_errors(self, errors: Any) -> None:
        own = {name: found for name, found in errors.error_dict.items() if name in self.fields}
        if own:
            super()._update_errors(ValidationError(own))  # type: ignore[misc]  # of Django's model form

    def changes(self) -> Iterator[TranslatedText]:
        """Yield what was written, and the address that was made of a title. Tidying is no change of its own."""
        for column, name in self.columns.items():
            text, here = (self.cleaned_data[column] or "").replace("\r\n", "\n"), self.here[column]
            touched = exactly(self.data.get(self.add_prefix(column), "")) != exactly(here) or name == "slug"
            if touched and text != here:
                yield TranslatedText(self.instance, column, text)


def forms_of(admin: Any, request: HttpRequest, page: Page, language: str) -> list[OneLanguageForm]:
    """Return the forms of the page and its blocks in reading order; of a POST, with what was sent.

    A block this person may not change has none, and so has a text that says nothing on either side.
    """
    makers = {type(page): admin} | {
        inline.model: inline
        for inline in admin.get_inline_instances(request, page)
        if inline.has_change_permission(request, page)
    }
    rows = [row for row in (page, *blocks_of(page)) if type(row) in makers]
    found = [(row, names) for row in rows if (names := names_of(row, language))]
    data: Any = None
    if request.method == "POST":
        data = with_untouched(request.POST, [(prefix_of(row), row, names) for row, names in found], language)
    made = []
    for row, names in found:
        kind: Any = forms.modelform_factory(
            type(row), form=OneLanguageForm, fields=[f"{name}_{language}" for name in names],
            formfield_callback=partial(makers[type(row)].formfield_for_dbfield, request=request),
        )  # fmt: skip
        kind.language = language
        kind.page_title = (data or {}).get(f"page-title_{language}") or in_language(page, "title", language)
        made.append(kind(data, instance=row, prefix=prefix_of(row)))
    return made


def prefix_of(row: Any) -> str:
    """Return what the fields of a row begin with."""
    return "page" if isinstance(row, Page) else f"{row.snapshot_name}-{row.pk}"


def names_of(row: Any, language: str) -> list[str]:
    """Return the fields of a row that are shown side by side, in the order of the form."""
    translated = translator.get_options_for_model(type(row)).all_fields
    names = [field.name for field in type(row)._meta.concrete_fields if field.name in translated]
    if isinstance(row, FigureBlock) and row.decorative:
        names.remove("alt")
    if isinstance(row, Page) and row.kind in Page.ONLY_ONE:
        names.remove("slug")
    return [
        name for name in names
        if in_language(row, name, SOURCE) or in_language(row, name, language)
        or (isinstance(row, Page) and name in ALWAYS)
    ]  # fmt: skip


def with_untouched(sent: Any, rows: list[tuple[str, Model, list[str]]], language: str) -> QueryDict:
    """Return what was sent, with what is stored now wherever this person touched nothing."""
    data = sent.copy()
    for prefix, row, names in rows:
        for name in names:
            key, here = f"{prefix}-{name}_{language}", stored(row, f"{name}_{language}")
            if key not in sent or exactly(sent[key]) == sent.get(OPENED + key):
                data[key] = here
                data[OPENED + key] = exactly(here)
    return data


@dataclass(frozen=True)
class Homeless:
    """A text that was typed for something that is no longer there."""

    key: str
    text: str


def homeless(sent: Any, made: list[OneLanguageForm], language: str) -> list[Homeless]:
    """Return what was typed for blocks that somebody removed or replaced meanwhile."""
    asked = {form.add_prefix(column) for form in made for column in form.fields}
    name = re.compile(rf"(?:page|[a-z_]+-\d+)-[a-z_]+_{language}")
    return [
        Homeless(key, text) for key, text in sent.items()
        if name.fullmatch(key) and key not in asked and exactly(text) != sent.get(OPENED + key)
    ]  # fmt: skip


def matching(made: list[OneLanguageForm], sent: QueryDict, *, everything: bool) -> Iterator[Pair]:
    """Yield the pairs that match after a save: what was written now, and what was ticked.

    A pair has the source that stood on the screen, so that one changed meanwhile is still to be looked at.
    """
    for form in made:
        for column, name in form.columns.items():
            key, text = form.add_prefix(column), mark_of(form.cleaned_data[column])
            written = text and text != mark_of(form.here[column])
            if name not in NOT_TRANSLATED and (everything or written or RIGHT + key in sent):
                yield Pair(f"{form.place}.{name}", sent.get(SEEN + key, "")[:16], text)
