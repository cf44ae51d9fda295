"""The languages, and one language's text of a translated field."""

from typing import Any

from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SOURCE = settings.LANGUAGE_CODE  # what staff write first; the others are its translations
TRANSLATIONS = [code for code in LANGUAGES if code != SOURCE]


def in_language(row: Any, name: str, language: str) -> str:
    """Return a translated field's text in one language, "" where there is none."""
    return getattr(row, f"{name}_{language}", None) or ""
