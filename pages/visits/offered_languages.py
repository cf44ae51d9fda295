"""Which languages a visitor is offered: the page shown in each language it is live in, else the front page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation

# Each language by its own name, in its own language; never translated.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


@dataclass(frozen=True)
class LanguageLink:
    """A link to the same page in another language, or to that language's front page."""

    code: str
    name: str
    url: str
    current: bool
    same_page: bool

    @property
    def locale(self) -> str:
        """Return the language with its country, as Open Graph asks."""
        return LOCALES[self.code]

    @property
    def leaves_page(self) -> bool:
        """Say whether the link leads away from the page: it must say so before a reader follows it."""
        return not self.same_page and not self.current


def language_links(
    request: HttpRequest, language: str, addresses: Mapping[str, str] | None = None
) -> list[LanguageLink]:
    """Return one link for each language of the site; `language` is the current one.

    `addresses` holds the addresses of the page shown, by language. A view without them offers its own path,
    translated.
    """
    links = []
    for code, name in OWN_NAMES.items():
        same = _translated_path(request, code) if addresses is None else addresses.get(code)
        with translation.override(code):
            front = reverse("pages:front")
        links.append(LanguageLink(code, name, same or front, code == language, same is not None))
    return links


def _translated_path(request: HttpRequest, language: str) -> str | None:
    if request.resolver_match is None:
        return None
    # translate_url returns the path unchanged where it is the same in every language, or has no translation.
    return translate_url(request.path, language)
