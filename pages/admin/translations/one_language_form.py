"""The texts of one row of a page, in one language and nothing else, as a form."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pages.editions.addresses import refuse_address
from pages.editions.side_by_side import TranslatedText
from pages.models import Page
from pages.richtext.slugs import slug_from

OPENED = "opened-"  # of the hidden field with the digest of a text as it was when the page was opened


def stored_text(row: Any, column: str) -> str:
    """Return a text as the database has it, with the line breaks that a browser sends."""
    return (getattr(row, column) or "").replace("\r\n", "\n")


def text_digest(text: str) -> str:
    """Return a digest of a text, letter by letter; only line breaks may differ."""
    return sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


class OneLanguageForm(forms.ModelForm):
    """The texts of one row in one language.

    A text that another editor changed since the page was opened is not overwritten: it becomes an error that
    shows both. Rules about the other languages and settings belong to the page's own form.
    """

    language = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read before cleaning, which writes into the row.
        self.stored = {column: stored_text(self.instance, column) for column in self.fields}
        self.changed_meanwhile: dict[str, str] = {}

    @property
    def place(self) -> str:
        """Return how the places of its texts begin (pages.diff.translation_pairs)."""
        return "page" if isinstance(self.instance, Page) else self.instance.snapshot_name

    @property
    def columns(self) -> dict[str, str]:
        """Return {column: name of the field}."""
        return {column: column.removesuffix(f"_{self.language}") for column in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for column in self.fields:
            self._clean_conflict(column)
        if isinstance(self.instance, Page) and self.instance.kind not in Page.ONLY_ONE:
            self._clean_address(cleaned)
        return cleaned

    def _clean_conflict(self, column: str) -> None:
        sent, stored = self.data.get(self.add_prefix(column), ""), self.stored[column]
        opened = self.data.get(OPENED + self.add_prefix(column), "")
        if opened != text_digest(stored) and text_digest(sent) != text_digest(stored):
            self.changed_meanwhile[column] = stored
            text = _(
                "Not saved: another editor has changed this text meanwhile. Both stand here; make one text of "
                "them and save again."
            )
            self.add_error(column, text)

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
        """Yield what the editor wrote, and the address that was made of a title.

        That cleaning tidies a text is no change, unless the editor touched it.
        """
        for column, name in self.columns.items():
            text, stored = (self.cleaned_data[column] or "").replace("\r\n", "\n"), self.stored[column]
            touched = text_digest(self.data.get(self.add_prefix(column), "")) != text_digest(stored)
            if (touched or name == "slug") and text != stored:
                yield TranslatedText(self.instance, column, text)
