"""The tree of working copies, as staff see it: one level of it, and upwards what a page lies under."""

from collections.abc import Iterable

from django.db.models import QuerySet

from pages.models import Page


def level(parent_id: int | None) -> QuerySet[Page]:
    """Return the pages directly under a page, or those under none, in order."""
    return Page.objects.kept().filter(parent=parent_id).order_by("position", "pk")


def with_all_above(numbers: Iterable[int]) -> dict[int, Page]:
    """Return these pages and all that they lie under, by number; one query for each level."""
    found: dict[int, Page] = {}
    wanted = set(numbers)
    while wanted:
        for page in Page.objects.filter(pk__in=wanted):
            found[page.pk] = page
        wanted = {page.parent_id for page in found.values() if page.parent_id} - set(found)
    return found


def path_to(page: Page, pages: dict[int, Page]) -> list[Page]:
    """Return what a page lies under, the outermost first; `pages` holds all of them."""
    path: list[Page] = []
    above = pages.get(page.parent_id or 0)
    while above is not None and above not in path:
        path.insert(0, above)
        above = pages.get(above.parent_id or 0)
    return path
