"""How the languages of a page stand, in words for the list, the form, the table and after a save."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pages.admin.fields.languages import language_name
from pages.languages import LANGUAGES, SOURCE, TRANSLATIONS
from pages.models import Page, PageTranslation

State = PageTranslation.State
ICONS = {State.MISSING: "–", State.OUTDATED: "↻", State.CURRENT: "✓"}
# The source language is not compared with another.
WRITTEN: str | Promise = pgettext_lazy("state of the language that is written first", "Written")


@dataclass(frozen=True)
class LanguageState:
    """One language of one page."""

    page_id: int
    language: str
    state: State

    @property
    def name(self) -> str:
        """Return the language's name as a heading."""
        return capfirst(language_name(self.language))

    @property
    def icon(self) -> str:
        """Return a mark beside the words, never instead of them."""
        return ICONS[self.state]

    @property
    def words(self) -> str:
        """Return the state in words."""
        return str(WRITTEN if self.language == SOURCE and self.state == State.CURRENT else self.state.label)

    @property
    def is_source(self) -> bool:
        """Say whether this is the language that is written first."""
        return self.language == SOURCE

    @property
    def url(self) -> str:
        """Return where the work is done: side by side, or in the form."""
        if self.is_source:
            return reverse("admin:pages_page_change", args=[self.page_id])
        return reverse("admin:pages_page_translate", args=[self.page_id, self.language])


def language_states(pages: Iterable[Page]) -> dict[int, list[LanguageState]]:
    """Return the states of each page's languages by the page's id, with one query for all pages."""
    ids = [page.pk for page in pages]
    rows = PageTranslation.objects.filter(page__in=ids).values_list("page", "language", "state")
    states = {(page_id, language): state for page_id, language, state in rows}
    return {
        page_id: [
            LanguageState(page_id, language, State(states.get((page_id, language), State.MISSING)))
            for language in LANGUAGES
        ]
        for page_id in ids
    }


def states_of(page: Page) -> list[LanguageState]:
    """Return the states of one page's languages, as they are in the database now."""
    return language_states([page])[page.pk]


def summary(states: Iterable[LanguageState]) -> str:
    """Return the languages visitors are shown, and which of them to look through."""
    shown = [state for state in states if state.state != State.MISSING]
    return ", ".join(
        _("%(language)s (look through)") % {"language": language_name(state.language)}
        if state.state == State.OUTDATED
        else language_name(state.language)
        for state in shown
    )


def outdated_messages(page: Page) -> list[tuple[int, str]]:
    """Return the message, with its level, that names the translations to look through after a save."""
    names = [
        language_name(state.language)
        for state in states_of(page)
        if state.language in TRANSLATIONS and state.state == State.OUTDATED
    ]
    text = _("Look through the translation, because bokmål has been changed: %(languages)s.")
    return [(messages.INFO, text % {"languages": ", ".join(names)})] if names else []
