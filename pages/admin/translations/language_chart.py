"""How many pages of each language are translated, as a chart that the server draws."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.text import capfirst

from pages.admin.fields.languages import language_name
from pages.languages import LANGUAGES
from pages.models import Page, PageTranslation

STATES = tuple(reversed(PageTranslation.State))  # what is translated comes first


@dataclass(frozen=True)
class ChartBar:
    """The pages of one state: where their part of the row begins and how long it is, in percent."""

    state: str
    label: str
    count: int
    start: float
    length: float


@dataclass(frozen=True)
class LanguageRow:
    """One language of the chart."""

    name: str
    bars: list[ChartBar]


def count_by_state(rows: QuerySet[PageTranslation]) -> Counter[tuple[str, str]]:
    """Return how many pages there are of each language and state, read in the order of an index."""
    counted = rows.order_by().values_list("language", "state").annotate(pages=Count("pk"))
    return Counter({(language, state): pages for language, state, pages in counted})


def language_chart() -> list[LanguageRow]:
    """Return a row for each language: how many pages are in which state, as parts of 100."""
    counts = count_by_state(PageTranslation.objects.all())
    counts.subtract(
        count_by_state(PageTranslation.objects.filter(page__in=Page.objects.deleted().order_by().values("pk")))
    )
    chart = []
    for language in LANGUAGES:
        total = sum(counts.get((language, state.value), 0) for state in STATES)
        bars, start = [], 0.0
        for state in STATES:
            count = counts.get((language, state.value), 0)
            length = 100 * count / total if total else 0.0
            bars.append(ChartBar(state.value, str(state.label), count, round(start, 2), round(length, 2)))
            start += length
        chart.append(LanguageRow(capfirst(language_name(language)), bars))
    return chart
