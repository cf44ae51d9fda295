"""What every page shows around its own text: clinic, helplines, menu, language links, launch state."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone, translation

from pages.live.facts import Facts
from pages.live.phone import Phone, PublicHelpline, public_helpline
from pages.live.tree import Link, LiveTree
from pages.models import Edition
from pages.rendering.moment import Moment
from pages.rendering.page import RenderedPage, render_edition

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
        """Say whether the reader loses the page: the link has to say so before it is pressed."""
        return not self.same_page and not self.current


@dataclass(frozen=True)
class PublicNotice:
    """A message on every page, in the reader's language, or else in bokmål."""

    text: str
    language: str
    more: Link | None


class Site:
    """Read lazily and once per request: one query for the tree, one for the facts.

    When the database is away, `clinic_phone` still answers, from the settings.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        self.alternates: dict[str, str] | None = None  # {language: address} of the page shown
        self._words: dict[str, RenderedPage | None] = {}

    @cached_property
    def live_tree(self) -> LiveTree:
        """The live pages; DatabaseError when they cannot be read: an unread page is away, not missing."""
        return LiveTree.read(at=timezone.now())

    @cached_property
    def tree(self) -> LiveTree:
        """What stands around a page; empty when the database is away, so that a form can still be shown."""
        try:
            return self.live_tree
        except DatabaseError:
            return LiveTree(timezone.now())

    @cached_property
    def facts(self) -> Facts:
        """What is true of the clinic; nothing when the database is away."""
        try:
            return Facts.read(at=self.tree.at)
        except DatabaseError:
            return Facts()

    @property
    def moment(self) -> Moment:
        """Return what pages are rendered from."""
        return Moment(self.tree, self.facts, self.language)

    @property
    def fresh_until(self) -> datetime:
        """Return until when an answer may be kept: no longer than until a page or a fact changes."""
        moments = [self.tree.fresh_until, self.facts.next_change]
        return min(moment for moment in moments if moment)

    @property
    def name(self) -> str:
        """Return the clinic's name."""
        return self.facts.clinic["name"] if self.facts.clinic else "Mestringshusene"

    @property
    def phone(self) -> Phone:
        """Return the switchboard; from the settings when the database is away."""
        return Phone(self.facts.clinic["phone"] if self.facts.clinic else settings.FALLBACK_PHONE)

    @cached_property
    def helplines(self) -> list[PublicHelpline]:
        """Return the lines visitors may see."""
        return [public_helpline(row, self.language) for row in self.facts.helplines]

    @cached_property
    def notices(self) -> list[PublicNotice]:
        """Return the messages that stand on every page now, each with the page to read more on.

        One without a translation is shown in bokmål and marked so: that the telephone is out of order
        matters to everybody.
        """
        notices = []
        for row in self.facts.notices:
            language = self.language if row[f"text_{self.language}"] else settings.LANGUAGE_CODE
            notices.append(PublicNotice(row[f"text_{language}"], language, self._link(row["more_id"])))
        return notices

    def _link(self, page_id: int | None) -> Link | None:
        node = self.tree.nodes.get(page_id) if page_id else None
        url = node.url(self.language) if node else None
        return Link(node.title(self.language), url, node.page_id) if node and url else None

    @property
    def launched(self) -> bool:
        """Say whether staff have confirmed the whole launch list; until then the site is a demo."""
        return self.facts.launched

    @cached_property
    def menu(self) -> list[Link]:
        """Return the menu in this language."""
        return self.tree.menu(self.language)

    @cached_property
    def footer(self) -> list[Link]:
        """Return the pages about the website itself, for the foot of the page."""
        return self.tree.footer(self.language)

    def link_to(self, kind: str) -> Link | None:
        """Return a link to the page of a kind that exists once, if it is live."""
        node = self.tree.of_kind(kind)
        url = node.url(self.language) if node else None
        return Link(node.menu_title(self.language), url, node.page_id) if node and url else None

    def words(self, kind: str) -> RenderedPage | None:
        """Return the live page of a kind that exists once, in this language, read at most once."""
        if kind not in self._words:
            node = self.tree.of_kind(kind)
            shown = node is not None and self.language in node.head["languages"]
            edition = Edition.objects.get(pk=node.edition_id) if node and shown else None
            self._words[kind] = render_edition(edition, self.moment) if edition else None
        return self._words[kind]

    def say_instead(self, kind: str, words: RenderedPage) -> None:
        """Let `words` answer with something that is not live: a preview."""
        self._words[kind] = words

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Return a link per language: to the same page where it exists, else to the front page."""
        links = []
        for code, name in OWN_NAMES.items():
            same = self._same_page(code)
            with translation.override(code):
                front = reverse("pages:front")
            links.append(LanguageLink(code, name, same or front, code == self.language, same is not None))
        return links

    def _same_page(self, language: str) -> str | None:
        if self.alternates is not None:
            return self.alternates.get(language)
        if self.request.resolver_match is None:
            return None
        # A path that is the same in all languages is the site's own, or has no translation.
        return translate_url(self.request.path, language)


def site_of(request: HttpRequest) -> Site:
    """Return the request's one Site, so that view and template share what was read."""
    kept: dict[str, Site] = request.__dict__
    return kept.setdefault("_pages_site", Site(request))
