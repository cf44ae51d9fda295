"""Translate a page: write the texts of one language and of no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from pages.diff.translation_pairs import TranslationPair
from pages.editions.publishing import save_draft
from pages.editions.translation_progress import confirm
from pages.models import Page, PageTranslation


@dataclass(frozen=True)
class TranslatedText:
    """A new text for one column, such as `body_nn`, of the page or one of its blocks."""

    row: Any
    column: str
    text: str


@transaction.atomic
def save_translation(
    page: Page,
    language: str,
    changes: Iterable[TranslatedText],
    matching: Iterable[TranslationPair],
    *,
    by: User | None,
) -> PageTranslation:
    """Write the changes into the working copy as a new draft, confirm what matches, and return the progress.

    Only columns of this language are written, whatever else the rows in memory hold.
    """
    columns: dict[Any, list[str]] = {page: ["changed"]}
    for change in changes:
        if not change.column.endswith(f"_{language}"):
            raise ValueError(f"{change.column} is not {language}")
        setattr(change.row, change.column, change.text)
        columns.setdefault(change.row, []).append(change.column)
    if columns != {page: ["changed"]}:
        for row, names in columns.items():
            row.save(update_fields=names)
        save_draft(page, by=by)
    return confirm(page, language, matching)
