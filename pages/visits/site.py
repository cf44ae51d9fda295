"""What every page shows around its own text: clinic, helplines, notices, menu, launch state."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from pages.live.facts import Facts
from pages.live.phone import Phone, PublicHelpline, public_helpline
from pages.live.tree import LiveTree, PageLink
from pages.models import Edition
from pages.rendering.moment import Moment
from pages.rendering.page import RenderedPage, render_edition
from pages.visits.notices import PublicNotice, public_notice


class Site:
    """The site as one request sees it, read lazily: one query for the tree, one for the facts.

    When the database is away, `phone` still answers, from the settings.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language: str = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        self._pages: dict[str, RenderedPage | None] = {}

    @property
    def copied_at(self) -> datetime | None:
        """Return when this copy was made, in the emergency edition; None for a visit.

        A copy has no form, no search and no file made when asked for: it is read while the site is away.
        """
        return getattr(self.request, "copied_at", None)

    @cached_property
    def live_tree(self) -> LiveTree:
        """The live pages. Raises DatabaseError when they cannot be read: an unread page is away, not missing."""
        return LiveTree.read(at=timezone.now())

    @cached_property
    def tree(self) -> LiveTree:
        """The tree for what stands around a page; empty when the database is away, so that a form still shows."""
        try:
            return self.live_tree
        except DatabaseError:
            return LiveTree(timezone.now())

    @cached_property
    def facts(self) -> Facts:
        """The facts about the clinic; none when the database is away."""
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
        """Return until when a response may be kept: until a page or a fact changes, and at most 60 seconds."""
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
        """The helplines that visitors may see."""
        return [public_helpline(row, self.language) for row in self.facts.helplines]

    @cached_property
    def notices(self) -> list[PublicNotice]:
        """The notices that stand on every page now."""
        return [public_notice(row, self.tree, self.language) for row in self.facts.notices]

    @property
    def launched(self) -> bool:
        """Say whether staff have confirmed the whole launch list; until then the site is a demo."""
        return self.facts.launched

    @cached_property
    def menu(self) -> list[PageLink]:
        """The menu in this language."""
        return self.tree.menu(self.language)

    @cached_property
    def footer(self) -> list[PageLink]:
        """The pages about the website itself, for the foot of the page."""
        return self.tree.footer(self.language)

    def link_to(self, kind: str) -> PageLink | None:
        """Return a link to the page of a kind that exists once, if it is live."""
        node = self.tree.of_kind(kind)
        return node.link(self.language, short=True) if node else None

    def page_of_kind(self, kind: str) -> RenderedPage | None:
        """Return the live page of a kind that exists once, in this language; read at most once."""
        if kind not in self._pages:
            node = self.tree.of_kind(kind)
            public = node is not None and self.language in node.head["languages"]
            edition = Edition.objects.get(pk=node.edition_id) if node and public else None
            self._pages[kind] = render_edition(edition, self.moment) if edition else None
        return self._pages[kind]


def site_of(request: HttpRequest) -> Site:
    """Return the request's one Site, so that view and template share what was read.

    It hangs on the request as Django's own user does, so it lives no longer than the request.
    """
    if not hasattr(request, "_site"):
        request._site = Site(request)  # type: ignore[attr-defined]  # HttpRequest has no place for it
    site: Site = request._site  # type: ignore[attr-defined]
    return site


def published_page(request: HttpRequest, kind: str) -> RenderedPage | None:
    """Return the live page of a kind; the contact app names this in a setting, because it imports nothing here."""
    return site_of(request).page_of_kind(kind)
