"""The languages in the forms: their names, one label per language, and the switch at the top."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Field
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.admin import TranslationBaseModelAdmin

from pages.admin.fields.date_fields import refuse_far_day
from pages.languages import LANGUAGES

NAMES: dict[str, str | Promise] = {
    "nb": _("bokmål"),
    "nn": _("nynorsk"),
    "en": pgettext_lazy("inside a sentence", "English"),
}
ALL = "all"


def language_name(language: str) -> str:
    """Return the name of a language as it is written inside a sentence."""
    return str(NAMES[language])


def language_names(languages: Iterable[str]) -> str:
    """Return the names of the languages, separated by commas."""
    return ", ".join(language_name(language) for language in LANGUAGES if language in set(languages))


class LabelledByLanguage(TranslationBaseModelAdmin):
    """Labels say "Title (nynorsk)", and each input tells the browser its language, for spelling help.

    A day that is far from ours is refused in every form.
    """

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.DateField):
            field.validators = [*field.validators, refuse_far_day]
        original = getattr(db_field, "translated_field", None)
        if field is not None and original is not None:
            language = db_field.language  # type: ignore[attr-defined]  # set by modeltranslation
            field.label = f"{capfirst(original.verbose_name)} ({language_name(language)})"
            field.widget.attrs["lang"] = language
        return field


@dataclass
class LanguageChoice:
    """One radio button of the switch."""

    code: str
    name: str
    errors: int = 0
    chosen: bool = False


def language_switch(forms_on_page: Iterable[forms.BaseForm]) -> list[LanguageChoice]:
    """Return the switch's choices, each with its number of errors.

    The first language with an error is chosen, so that its message is visible; otherwise all languages, so
    that nothing is hidden from an editor without JavaScript.
    """
    wrong = Counter(
        language
        for form in forms_on_page
        for field in form.errors
        for language in LANGUAGES
        if field.endswith(f"_{language}")
    )
    first = next((language for language in LANGUAGES if wrong[language]), ALL)
    choices = [
        LanguageChoice(code, capfirst(language_name(code)), wrong[code], code == first) for code in LANGUAGES
    ]
    return [*choices, LanguageChoice(ALL, str(_("All")), 0, first == ALL)]
