"""The rows of “Order and menu”: the pages of one level of the tree, with what may be done to each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from pages.admin.status.status import PageStatus, statuses_of, with_editions
from pages.models import Page


@dataclass(frozen=True)
class TreeRow:
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
        """Say whether visitors still find it in another place: an editor has changed its place in a draft."""
        live = self.status.live
        return live is not None and (live.head["parent"], live.head["position"]) != (
            self.page.parent_id, self.page.position,
        )  # fmt: skip

    @property
    def in_menu(self) -> bool:
        """Say whether it is in the menu that visitors see, or will be when it is published."""
        live = self.status.live
        return bool(live.head["in_menu"]) if live else self.page.in_menu

    @property
    def may_hold(self) -> bool:
        """Say whether pages can be placed under it."""
        return self.page.kind not in Page.ONLY_ONE


def tree_rows(
    page_ids: list[int], *, start: int, count: int, may_change: bool, may_publish: bool
) -> list[TreeRow]:
    """Return rows for these pages of a level, in this order.

    `start` is the index of the first page in its level, which has `count` pages.
    """
    children = Page.objects.kept().filter(parent=OuterRef("pk")).order_by().values("parent")
    count_under = Coalesce(Subquery(children.annotate(n=Count("pk")).values("n")), 0)
    pages: dict[int, Any] = {
        page.pk: page for page in with_editions(Page.objects.filter(pk__in=page_ids)).annotate(under=count_under)
    }
    statuses = statuses_of(pages.values())
    in_order = [pages[pk] for pk in page_ids if pk in pages]
    return [
        TreeRow(
            page,
            statuses[page.pk],
            may_move=may_change and (may_publish or not is_public(statuses[page.pk])),
            first=index == 0,
            last=index == count - 1,
        )
        for index, page in enumerate(in_order, start=start)
    ]


def is_public(status: PageStatus) -> bool:
    """Say whether visitors see the page, or will at a planned hour: then to move it is to publish."""
    return status.live is not None or status.waiting is not None
