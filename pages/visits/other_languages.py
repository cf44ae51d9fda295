"""An address with the prefix of another language: /en/kontakt/pasient/, /contact/patient/, /nb/avrusning/."""

from urllib.parse import unquote

from django.conf import settings
from django.urls import translate_url
from django.utils import translation
from django.utils.encoding import escape_uri_path

# Bokmål has no prefix here, and has one on many other websites.
PREFIXES_OF_BOKMAL = ("nb", "no")


def translated_address(path: str, language: str) -> str | None:
    """Return the address in `language` of what this path is in another one; None when it is nothing there either.

    For the site's own addresses. Those of pages stand in the database (page_views).
    """
    typed, _slash, rest = path.lstrip("/").partition("/")
    first = typed.lower()
    if typed != first and first in dict(settings.LANGUAGES):
        return escape_uri_path(f"/{first}/{rest.lstrip('/')}")
    if first in PREFIXES_OF_BOKMAL:
        return escape_uri_path(f"/{rest.lstrip('/')}")
    if not path.isprintable():  # `urlsplit` takes such signs out, so that an address would lead to another one
        return None
    below = (rest if first == language else path).lstrip("/")
    for code in [code for code, _name in settings.LANGUAGES if code != language]:
        there = f"/{below}" if code == settings.LANGUAGE_CODE else f"/{code}/{below}"
        with translation.override(code):
            here = translate_url(there, language)
        if unquote(here) not in (there, path):  # quoted it differs from itself
            return here
    return None
