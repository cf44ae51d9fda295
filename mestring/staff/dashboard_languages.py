"""How the languages of the website stand, as a picture that the server draws."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.text import capfirst

from pages.admin.fields.languages import language_name
from pages.languages import LANGUAGES
from pages.models import Page, PageTranslation

STATES = tuple(reversed(PageTranslation.State))  # what is well comes first


@dataclass(frozen=True)
class Bar:
    """One part of a bar of the chart: where it begins and how long it is, in percent."""

    state: str
    label: str
    count: int
    start: float
    length: float


@dataclass(frozen=True)
class Language:
    """A row of the chart."""

    name: str
    bars: list[Bar]


def by_state(rows: QuerySet[PageTranslation]) -> Counter[tuple[str, str]]:
    """Count the pages by language and state, in the order of an index."""
    counted = rows.order_by().values_list("language", "state").annotate(pages=Count("pk"))
    return Counter({(language, state): pages for language, state, pages in counted})


def language_chart() -> list[Language]:
    """Return how many pages of each language stand in which state, as parts of a bar of 100."""
    counts = by_state(PageTranslation.objects.all())
    counts.subtract(
        by_state(PageTranslation.objects.filter(page__in=Page.objects.deleted().order_by().values("pk")))
    )
    chart = []
    for language in LANGUAGES:
        total = sum(counts.get((language, state.value), 0) for state in STATES)
        bars, start = [], 0.0
        for state in STATES:
            count = counts.get((language, state.value), 0)
            length = 100 * count / total if total else 0.0
            bars.append(Bar(state.value, str(state.label), count, round(start, 2), round(length, 2)))
            start += length
        chart.append(Language(capfirst(language_name(language)), bars))
    return chart
