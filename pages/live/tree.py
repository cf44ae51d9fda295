"""The tree of live pages, read in one query: menu, breadcrumb, addresses, and when they next change."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.urls import reverse
from django.utils import translation

from pages.models import Edition, Page
from pages.models.care_level import CareLevel

FRESH_FOR = timedelta(seconds=60)
RELATED = 4
RELATED_KINDS = (Page.Kind.ARTICLE, Page.Kind.THEME, Page.Kind.OVERVIEW)


@dataclass(frozen=True)
class Node:
    """One live page as the rest of the site needs it."""

    page_id: int
    edition_id: int
    head: dict[str, Any]
    live_until: datetime | None = None

    def title(self, language: str) -> str:
        """Return the full title."""
        return self.head["title"][language]

    def menu_title(self, language: str) -> str:
        """Return the short title, or the full one."""
        return self.head["menu_title"].get(language) or self.title(language)

    def url(self, language: str) -> str | None:
        """Return the address in a language; None where the page is not public in it."""
        if language not in self.head["languages"]:
            return None
        with translation.override(language):
            match self.head["kind"]:
                case Page.Kind.FRONT:
                    return reverse("pages:front")
                case Page.Kind.CONTACT:
                    return reverse("contact:start")
                case Page.Kind.CONTACT_PATIENT:
                    return reverse("contact:patient")
                case Page.Kind.CONTACT_RELATIVE:
                    return reverse("contact:relative")
                case Page.Kind.CONTACT_REFERRER:
                    return reverse("contact:referrer")
                case _:
                    return reverse("pages:page", args=[self.head["slug"][language]])

    def link(self, language: str, *, short: bool = False) -> "PageLink | None":
        """Return a link in a language, on request with the short title; None where the page is not public."""
        url = self.url(language)
        if url is None:
            return None
        title = self.menu_title(language) if short else self.title(language)
        return PageLink(title, url, self.page_id, self.head["lead"].get(language, ""))


@dataclass(frozen=True)
class PageLink:
    """The title and the address of a live page, for menus and paths."""

    title: str
    url: str
    page_id: int
    lead: str = ""


@dataclass
class LiveTree:
    """All pages that are live at one moment."""

    at: datetime
    nodes: dict[int, Node] = field(default_factory=dict)
    next_change: datetime | None = None

    @classmethod
    def read(cls, *, at: datetime) -> Self:
        """Read the tree, with the moment when the next edition starts or ends."""
        tree = cls(at)
        changes = []
        rows = Edition.objects.current_or_coming(at=at).order_by("pk")
        for edition in rows.only("page_id", "head", "live_from", "live_until"):
            changes += [edition.live_from, edition.live_until]
            if edition.live_from is not None and edition.live_from <= at:
                tree.nodes[edition.page_id] = Node(edition.page_id, edition.pk, edition.head, edition.live_until)
        tree.next_change = min((moment for moment in changes if moment and moment > at), default=None)
        return tree

    def with_node(self, node: Node) -> "LiveTree":
        """Return this tree as it would be with one page more, or another edition of it."""
        return replace(self, nodes=self.nodes | {node.page_id: node})

    @property
    def fresh_until(self) -> datetime:
        """Return until when a response made from this tree is fresh: 60 s, or the next change."""
        latest = self.at + FRESH_FOR
        return min(latest, self.next_change) if self.next_change else latest

    def url(self, page_id: int, language: str) -> str | None:
        """Return a live page's address; None when it is not live in that language."""
        node = self.nodes.get(page_id)
        return node.url(language) if node else None

    def link(self, page_id: int, language: str) -> PageLink | None:
        """Return a link to a page; None when it is not live in that language."""
        node = self.nodes.get(page_id)
        return node.link(language) if node else None

    def at_slug(self, slug: str, language: str) -> Node | None:
        """Return the live page at an address."""
        return next((n for n in self.nodes.values() if n.head["slug"].get(language) == slug), None)

    def of_kind(self, kind: str) -> Node | None:
        """Return the live page of a kind that exists once."""
        return next((n for n in self.nodes.values() if n.head["kind"] == kind), None)

    def menu(self, language: str) -> list[PageLink]:
        """Return the menu in the order of the tree, only pages that are public in this language."""
        return self._menu([n for n in self.nodes.values() if n.head["in_menu"]], language)

    def footer(self, language: str) -> list[PageLink]:
        """Return the pages about the website itself, in the order of the tree."""
        return self._menu([n for n in self.nodes.values() if n.head.get("in_footer")], language)

    def in_danger(self, language: str) -> PageLink | None:
        """Return the page about danger: an emergency's page that stands at the foot of every page."""
        at_the_foot = [n for n in self.nodes.values() if n.head.get("in_footer")]
        pages = [n for n in at_the_foot if n.head.get("care_level") == CareLevel.EMERGENCY]
        return next(iter(self._menu(pages, language)), None)

    def _menu(self, nodes: list[Node], language: str) -> list[PageLink]:
        nodes.sort(key=self._path_to)
        return [link for node in nodes if (link := node.link(language, short=True))]

    def _path_to(self, node: Node) -> list[tuple[int, int]]:
        """Return the positions from the top of the tree down to a page: a position only counts among siblings."""
        way: list[tuple[int, int]] = []
        above: Node | None = node
        while above is not None and (step := (above.head["position"], above.page_id)) not in way:
            way.insert(0, step)
            above = self.nodes.get(above.head["parent"])
        return way

    def children(self, page_id: int, language: str) -> list[PageLink]:
        """Return the pages placed under a page, in order, only those that are public in this language."""
        return _links([n for n in self.nodes.values() if n.head["parent"] == page_id], language)

    def related(self, page_id: int, language: str) -> list[PageLink]:
        """Return a few pages for the same audience, the nearest in the tree first; none without an audience."""
        here = self.nodes[page_id]
        audience = here.head.get("audience")
        if not audience:
            return []
        parent = here.head["parent"]
        others = [
            n
            for n in self.nodes.values()
            if n.page_id not in (page_id, parent) and n.head["kind"] in RELATED_KINDS
        ]
        same = [n for n in others if n.head.get("audience") == audience]
        near = {parent: 0, page_id: 1}
        same.sort(key=lambda n: (near.get(n.head["parent"], 2), n.head["position"], n.page_id))
        return [link for node in same if (link := node.link(language))][:RELATED]

    def trail(self, page_id: int, language: str) -> list[PageLink]:
        """Return the path from the front page down to the page's parent."""
        links: list[PageLink] = []
        node, seen = self.nodes.get(page_id), {page_id}
        while node and (parent := node.head["parent"]) and parent not in seen:
            seen.add(parent)
            node = self.nodes.get(parent)
            if node and (link := node.link(language, short=True)):
                links.insert(0, link)
        front = self.of_kind(Page.Kind.FRONT)
        if front and page_id != front.page_id and (url := front.url(language)):
            links.insert(0, PageLink("", url, front.page_id))
        return links


def _links(nodes: list[Node], language: str) -> list[PageLink]:
    nodes.sort(key=lambda node: (node.head["position"], node.page_id))
    return [link for node in nodes if (link := node.link(language))]
