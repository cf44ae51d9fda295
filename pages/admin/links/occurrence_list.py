"""The occurrences of an address or number as staff see them before they replace: page by page, field by field."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from pages.admin.fields.languages import language_names
from pages.admin.status.status import PageStatus, statuses_of, with_editions
from pages.models import Page
from pages.replace.occurrences import FieldOccurrences, OccurrencesByPage, digest_of_occurrences
from pages.replace.replacement import LINK, Change

MOST_PAGES = 50  # shown, and changed, at once: some seconds' work, each page in a transaction of its own
AROUND = 60  # characters shown before and after an occurrence


@dataclass(frozen=True)
class ShownOccurrence:
    """One occurrence: the field it stands in, and its words before and after."""

    field_name: str
    language: str
    change: Change

    @property
    def in_link(self) -> bool:
        return self.change.where == LINK

    @property
    def before(self) -> str:
        words = self.change.before
        return words if len(words) <= AROUND else f"… {words[-AROUND:]}"

    @property
    def after(self) -> str:
        words = self.change.after
        return words if len(words) <= AROUND else f"{words[:AROUND]} …"


@dataclass(frozen=True)
class PageWithOccurrences:
    """One page with its occurrences. `digest` says what was shown, so that a later change is noticed."""

    page: Any
    state: Any
    digest: str
    occurrences: list[ShownOccurrence]


def list_pages(by_page: OccurrencesByPage) -> list[PageWithOccurrences]:
    """Return the pages with occurrences in the order of their titles, no more than fit on one page."""
    found = with_editions(Page.objects.filter(pk__in=by_page))
    pages = sorted(found, key=lambda page: (str(page), page.pk))[:MOST_PAGES]
    statuses = statuses_of(pages)
    return [_describe_page(page, statuses[page.pk], by_page[page.pk]) for page in pages]


def _describe_page(page: Page, status: PageStatus, occurrences: list[FieldOccurrences]) -> PageWithOccurrences:
    shown = [
        ShownOccurrence(field_name(one), language_names([one.column.language]), change)
        for one in occurrences
        for change in one.changes
    ]
    return PageWithOccurrences(page, status.name, digest_of_occurrences(occurrences), shown)


def field_name(occurrences: FieldOccurrences) -> str:
    """Return block and field as the page's form names them."""
    row = occurrences.row
    field = capfirst(str(type(row)._meta.get_field(occurrences.column.field).verbose_name))
    block = capfirst(str(row._meta.verbose_name))
    return field if isinstance(row, Page) or field == block else f"{block}: {field}"
