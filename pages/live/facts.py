"""What is true on every page: name, number, messages, helplines, claims, gatherings, launch list, pictures.

All of it is read in one query, for every page. Facts are not part of an edition: a claim that expires, or a
picture that is withdrawn, disappears from every page at once.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from pages.languages import LANGUAGES
from pages.models import Claim, Clinic, Event, EventDate, Helpline, LaunchConfirmation, Notice, Picture
from pages.models.launch import is_complete

FactRow = dict[str, Any]
LAST_DAY = date(9998, 12, 31)  # the calendar ends a year later; forms take no such day, but a command may


@dataclass
class Facts:
    """The rows as plain data. Texts stand under `name_nb`, `name_nn`, `name_en` as in the tables."""

    clinic: FactRow | None = None
    helplines: list[FactRow] = field(default_factory=list)
    claims: dict[int, FactRow] = field(default_factory=dict)
    events: dict[int, FactRow] = field(default_factory=dict)
    notices: list[FactRow] = field(default_factory=list)
    withdrawn: frozenset[str] = frozenset()  # keys of pictures that no page may show any more
    launched: bool = False
    next_change: datetime | None = None

    @classmethod
    def read(cls, *, at: datetime) -> "Facts":
        """Read what visitors may see at that moment, in one query."""
        rows: dict[str, list[FactRow]] = {}
        for row in _everything(at):
            rows.setdefault(row["what"], []).append(row)
        facts = cls(
            clinic=next(iter(rows.get("clinic", [])), None),
            helplines=sorted(rows.get("helpline", []), key=lambda row: (row["position"], row["id"])),
            claims={row["id"]: row for row in rows.get("claim", [])},
            events={row["id"]: row | {"dates": []} for row in rows.get("event", [])},
            withdrawn=frozenset(row["key"] for row in rows.get("withdrawn", [])),
            launched=is_complete(len(rows.get("confirmed", []))),
        )
        for row in sorted(map(_with_times, rows.get("date", [])), key=lambda row: (row["starts_at"], row["id"])):
            facts.events[row["event_id"]]["dates"].append(row)
        notices = sorted(map(_with_times, rows.get("notice", [])), key=lambda row: (row["starts_at"], row["id"]))
        facts.notices = [row for row in notices if row["starts_at"] <= at]
        coming = [row["starts_at"] for row in notices if row["starts_at"] > at]
        facts.next_change = min(facts._ends() + coming, default=None)
        return facts

    def _ends(self) -> list[datetime]:
        """Return the moments at which something shown now is shown no longer."""
        days = [date.fromisoformat(row["valid_until"]) for row in self.claims.values() if row["valid_until"]]
        after = [day + timedelta(days=1) for day in days if day < LAST_DAY]  # a later day never comes
        nights = [timezone.make_aware(datetime.combine(day, time())) for day in after]
        dates = [row for event in self.events.values() for row in event["dates"]]
        return nights + [row["ends_at"] for row in dates + self.notices]


def _everything(at: datetime) -> QuerySet[Any, FactRow]:
    day = timezone.localdate(at)
    return _rows("clinic", Clinic.objects.all(), "name", "phone").union(
        _rows(
            "helpline", Helpline.objects.for_visitors(),
            "id", "number", "audience", "position", "name", *_texts("name", "hours"),
        ),
        _rows(
            "claim", Claim.objects.for_visitors(on=day),
            "id", "source", "source_url", "valid_until", *_texts("text"),
        ),
        _rows("event", Event.objects.all(), "id", *_texts("title", "text", "place")),
        _rows(
            "date", EventDate.objects.coming(at=at),
            "id", "event_id", "starts_at", "ends_at", "changed", "cancelled",
        ),
        _rows(
            "notice", Notice.objects.current_or_coming(at=at),
            "id", "more_id", "starts_at", "ends_at", *_texts("text"),
        ),
        _rows("withdrawn", Picture.objects.exclude(withdrawn_at=None), "key"),
        _rows("confirmed", LaunchConfirmation.objects.all(), "item"),
        all=True,
    )  # fmt: skip


def _texts(*names: str) -> list[str]:
    return [f"{name}_{language}" for name in names for language in LANGUAGES]


def _rows(what: str, rows: QuerySet[Any], *names: str) -> QuerySet[Any, FactRow]:
    # No order: SQLite allows none inside a union. One column: the managers of modeltranslation change the order of
    # several.
    data = JSONObject(what=Value(what), **{name: name for name in names})
    return rows.order_by().annotate(data=data).values_list("data", flat=True)


def _with_times(row: FactRow) -> FactRow:
    return row | {name: _moment(row[name]) for name in ("starts_at", "ends_at", "changed") if name in row}


def _moment(written: str) -> datetime:
    """Read a moment as the database writes it inside JSON: SQLite leaves out that it is UTC."""
    moment = datetime.fromisoformat(written)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment, datetime.combine(LAST_DAY, time(), UTC))  # in Norway it is an hour later
