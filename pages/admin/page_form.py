"""The form of a page: fills empty addresses and refuses taken ones, beside the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pages.languages import LANGUAGES
from pages.models import Page
from pages.publishing import refuse_address
from pages.slugs import slug_from


class PageForm(forms.ModelForm):
    """A page in every language."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind", self.instance.kind) in Page.ONLY_ONE:
            return cleaned
        for language in LANGUAGES:
            name = f"slug_{language}"
            if name in self.errors:
                continue
            cleaned[name] = cleaned.get(name) or slug_from(cleaned.get(f"title_{language}") or "")
            if cleaned[name]:
                self._refuse(language, name, cleaned[name])
        return cleaned

    def _refuse(self, language: str, name: str, slug: str) -> None:
        try:
            refuse_address(self.instance, language, slug)
        except ValidationError as error:
            self.add_error(name, error)
