"""How many people wrote in each quarter: a chart, and the same numbers as tables. None is about one person."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contact.admin.access.restricted import RestrictedAdmin
from contact.models import Inquiry, Quarter, QuarterCount
from contact.retention.quarterly_statistics import FEWEST, SETTLED, SMALL

Kind = QuarterCount.Kind
NEWEST = 8  # quarters
WIDTH, ROW = 260, 52  # of the longest bar, and of a quarter's part of the chart, in the picture's own units
HIDDEN = "hidden"


@dataclass(frozen=True)
class Bar:
    """One part of a quarter's bar."""

    name: str
    start: float
    length: float


@dataclass(frozen=True)
class QuarterRow:
    """A quarter with its numbers; without any, when too few wrote."""

    label: str
    total: int | None
    numbers: dict[str, list[int | None]]
    bars: list[Bar]
    top: int  # where it begins in the picture

    @property
    def end(self) -> float:
        """Return where the bar ends."""
        return self.bars[-1].start + self.bars[-1].length if self.bars else 0


@method_decorator(require_safe)
def statistics_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Show the newest closed quarters."""
    columns = {kind: _columns(kind) for kind in Kind.values}
    quarters = Quarter.objects.exclude(closed_at=None).prefetch_related("counts")[:NEWEST]
    rows = _quarter_rows(list(quarters), columns)
    context = {
        "title": _("Statistics"),
        "rows": rows,
        "drawn": [row for row in rows if row.bars],
        "height": ROW * len([row for row in rows if row.bars]),
        "roles": Inquiry.Role.choices,
        "tables": [
            {
                "kind": kind,
                "title": Kind(kind).label,
                "columns": list(columns[kind].values()),
                "rows": [(row, row.numbers[kind]) for row in rows],
            }
            for kind in Kind.values
        ],
        "small": SMALL,
        "fewest": FEWEST,
        "weeks": SETTLED.days // 7,
    }
    return section.render(request, "admin/contact/inbox/statistics.html", context)


def _columns(kind: str) -> dict[str, str]:
    names = {
        Kind.ROLE: Inquiry.Role.choices,
        Kind.LANGUAGE: settings.LANGUAGES,
        Kind.WAIT: QuarterCount.Wait.choices,
    }
    return {name: str(label) for name, label in names[Kind(kind)]}


def _quarter_rows(quarters: list[Quarter], columns: dict[str, dict[str, str]]) -> list[QuarterRow]:
    most = max((quarter.total or 0 for quarter in quarters), default=0)
    rows: list[QuarterRow] = []
    for quarter in quarters:
        counts = {(one.kind, one.name): one.count for one in quarter.counts.all()}
        numbers = {kind: [counts.get((kind, name)) for name in names] for kind, names in columns.items()}
        bars = _bars(dict(zip(columns[Kind.ROLE], numbers[Kind.ROLE], strict=True)), quarter.total or 0, most)
        top = ROW * len([row for row in rows if row.bars])
        rows.append(QuarterRow(_name(quarter.start), quarter.total, numbers, bars, top))
    return rows


def _bars(roles: dict[str, int | None], total: int, most: int) -> list[Bar]:
    """Return the shown numbers as lengths; what is left of the total is drawn as one part, and says no more."""
    rest = total - sum(number or 0 for number in roles.values())
    parts = [(name, number) for name, number in [*roles.items(), (HIDDEN, rest)] if number]
    bars, start = [], 0.0
    for name, number in parts:
        length = WIDTH * number / most
        bars.append(Bar(name, round(start, 1), round(length, 1)))
        start += length
    return bars


def _name(start: date) -> str:
    return _("Quarter %(number)d, %(year)d") % {"number": (start.month + 2) // 3, "year": start.year}
