"""The tree of working copies, as staff see it: one level, and the pages above a page."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from pages.models import Page


def level(parent_id: int | None) -> QuerySet[Page]:
    """Return the pages directly under a page, or at the top, in order."""
    return Page.objects.kept().filter(parent=parent_id).order_by("position", "pk")


def before(page: Page, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return the siblings that stand before the page."""
    # `position__lte` adds no meaning, but lets the database use its index.
    first = Q(position__lt=page.position) | Q(position=page.position, pk__lt=page.pk)
    return pages.filter(first, position__lte=page.position)


def behind(page: Page, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Return the siblings that stand after the page."""
    last = Q(position__gt=page.position) | Q(position=page.position, pk__gt=page.pk)
    return pages.filter(last, position__gte=page.position)


def with_all_above(page_ids: Iterable[int]) -> dict[int, Page]:
    """Return these pages and all above them, by number; one query for each level."""
    found: dict[int, Page] = {}
    wanted = set(page_ids)
    while wanted:
        for page in Page.objects.filter(pk__in=wanted):
            found[page.pk] = page
        wanted = {page.parent_id for page in found.values() if page.parent_id} - set(found)
    return found


def path_to(page: Page, pages: dict[int, Page]) -> list[Page]:
    """Return the pages above a page, the topmost first; `pages` holds all of them."""
    path: list[Page] = []
    above = pages.get(page.parent_id or 0)
    while above is not None and above not in path:
        path.insert(0, above)
        above = pages.get(above.parent_id or 0)
    return path
