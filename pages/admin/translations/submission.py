"""What was sent beside the texts themselves: pairs that an editor confirms, and texts whose block is gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from pages.admin.translations.one_language_form import OPENED, OneLanguageForm, text_digest
from pages.diff.translation_pairs import NOT_TRANSLATED, TranslationPair, fingerprint_of

SEEN = "source-"  # of the hidden field with the mark of the source that stood on the screen
CONFIRMED = "right-"  # of the tick at a text: the translation is right


@dataclass(frozen=True)
class LostText:
    """A text that an editor typed for a block that is gone."""

    key: str
    text: str


def lost_texts(sent: QueryDict, forms: list[OneLanguageForm], language: str) -> list[LostText]:
    """Return what was typed for blocks that another editor removed or replaced meanwhile."""
    known = {form.add_prefix(column) for form in forms for column in form.fields}
    name = re.compile(rf"(?:page|[a-z_]+-\d+)-[a-z_]+_{language}")
    return [
        LostText(key, str(text)) for key, text in sent.items()
        if name.fullmatch(key) and key not in known and text_digest(str(text)) != sent.get(OPENED + key)
    ]  # fmt: skip


def confirmed_pairs(
    forms: list[OneLanguageForm], sent: QueryDict, *, everything: bool
) -> Iterator[TranslationPair]:
    """Yield the pairs that match after a save: the translations written now, and those that were ticked.

    A pair has the source that stood on the screen: a source changed meanwhile is still to be looked at.
    """
    for form in forms:
        for column, name in form.columns.items():
            key, mark = form.add_prefix(column), fingerprint_of(form.cleaned_data[column])
            is_new = mark and mark != fingerprint_of(form.stored[column])
            if name not in NOT_TRANSLATED and (everything or is_new or CONFIRMED + key in sent):
                yield TranslationPair(f"{form.place}.{name}", sent.get(SEEN + key, "")[:16], mark)
