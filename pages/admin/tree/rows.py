"""What the page “Order and menu” shows: one level of the tree, pages found by title, and how the menu reads."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import capfirst

from pages.admin.fields.languages import language_name
from pages.admin.status.status import PageStatus, statuses_of, with_editions
from pages.languages import LANGUAGES
from pages.live.tree import Link, LiveTree, Node
from pages.models import Edition, Page
from pages.tree.siblings import before, level

FITS = 5  # pages in the menu of a phone


@dataclass(frozen=True)
class Row:
    """One page of a level, with what may be done to it."""

    page: Any
    status: PageStatus
    may_move: bool
    first: bool
    last: bool

    @property
    def state(self) -> str:
        """Say whether it is on the website."""
        return str(self.status.name)

    @property
    def elsewhere(self) -> bool:
        """Say whether visitors still find it in another place: somebody has changed it in a draft."""
        live = self.status.live
        return live is not None and (live.head["parent"], live.head["position"]) != (
            self.page.parent_id, self.page.position,
        )  # fmt: skip

    @property
    def in_menu(self) -> bool:
        """Say whether it is in the menu that visitors see, or will be when it is published."""
        shown = self.status.live
        return bool(shown.head["in_menu"]) if shown else self.page.in_menu

    @property
    def may_hold(self) -> bool:
        """Say whether pages can be placed under it."""
        return self.page.kind not in Page.ONLY_ONE


def rows(numbers: list[int], *, start: int, count: int, may_change: bool, may_publish: bool) -> list[Row]:
    """Return these pages of a level in this order; `start` is the place of the first, of `count`."""
    under = Page.objects.kept().filter(parent=OuterRef("pk")).order_by().values("parent")
    counted = Coalesce(Subquery(under.annotate(n=Count("pk")).values("n")), 0)
    pages: dict[int, Any] = {
        page.pk: page for page in with_editions(Page.objects.filter(pk__in=numbers)).annotate(under=counted)
    }
    statuses = statuses_of(pages.values())
    return [
        Row(
            pages[pk], statuses[pk], may_move=may_change and (may_publish or not is_public(statuses[pk])),
            first=number == 0, last=number == count - 1,
        )
        for number, pk in enumerate((pk for pk in numbers if pk in pages), start=start)
    ]  # fmt: skip


def is_public(status: PageStatus) -> bool:
    """Say whether visitors see the page, or will without anybody doing more: then a move is a publication."""
    return status.live is not None or status.waiting is not None


def place_in_level(page: Page) -> int:
    """Return how many pages stand before this one."""
    return before(page, level(page.parent_id)).count()


@dataclass(frozen=True)
class Menu:
    """The menu as visitors read it now, in one language."""

    language: str
    links: list[Link]

    @property
    def name(self) -> str:
        """Return the language's name."""
        return capfirst(language_name(self.language))

    @property
    def too_long(self) -> bool:
        """Say whether it holds more than a phone has room for."""
        return len(self.links) > FITS


def menus() -> list[Menu]:
    """Return the menu in each language; only what is in it, and above that, is read, not the whole website."""
    now = timezone.now()
    nodes: dict[int, Node] = {}
    # In two steps: asked at once, SQLite looks through every edition instead of the index of these.
    ever = list(Edition.objects.filter(in_menu=True).order_by().values_list("pk", flat=True))
    wanted = Edition.objects.live(at=now).filter(pk__in=ever)
    while new := [Node(e.page_id, e.pk, e.head) for e in wanted.only("page_id", "head")]:
        nodes |= {node.page_id: node for node in new}
        above = {node.head["parent"] for node in new} - set(nodes) - {None}
        wanted = Edition.objects.live(at=now).filter(page__in=above)
    above_all = LiveTree(now, nodes)
    return [Menu(language, above_all.menu(language)) for language in LANGUAGES]
