"""How many inquiries came in each quarter: kept after erasure, and published so that no sender can be found by it.

An inquiry is counted once. While it is stored, it counts itself; the transaction that erases it adds it to its
quarter. So nothing has to be counted when a sender writes. Two weeks after its end a quarter is closed: what is
stored and what was erased is added up, small numbers are left out for ever, and nothing of it changes again. So
two looks at different times tell no more than one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from contact.models import Inquiry, Message, Quarter, QuarterCount

Kind = QuarterCount.Kind
Wait = QuarterCount.Wait
Counts = Counter[tuple[str, str]]  # by kind and name
SMALL = 5  # numbers under it are hidden
FEWEST = 20  # a quarter with fewer inquiries is not published at all
SETTLED = timedelta(days=14)  # for first replies and for what was wrongly taken for spam; more than any Wait
WITHIN = ((Wait.DAY, timedelta(days=1)), (Wait.THREE_DAYS, timedelta(days=3)), (Wait.WEEK, timedelta(days=7)))


@dataclass(frozen=True)
class CountableInquiry:
    """What is counted of one inquiry."""

    received_at: datetime
    role: str
    language: str
    answered_at: datetime | None

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The kinds and names under which it is counted."""
        return [(Kind.ROLE, self.role), (Kind.LANGUAGE, self.language), (Kind.WAIT, self.wait)]

    @property
    def wait(self) -> str:
        """How long the sender waited for the first reply."""
        if self.answered_at is not None:
            for name, limit in WITHIN:
                if self.answered_at - self.received_at <= limit:
                    return name
        return Wait.LATER


def quarter_of(moment: datetime) -> date:
    """Return the first day of the quarter, in the clinic's time zone."""
    day = timezone.localtime(moment).date()
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def read_countable(inquiries: QuerySet[Inquiry]) -> list[CountableInquiry]:
    """Return what is to be counted of these inquiries.

    What may be spam is not counted, unless it has become a thread: then it is from a person.

    `inquiries` may be of a historical model, with the columns and relations of the day a backup was made. So this
    asks by relation and by stored values, and calls no method of today's models, such as Message.thread_of.
    """
    first = Min("messages__written_at", filter=Q(messages__kind=Message.Kind.REPLY.value))
    internal = {kind.value for kind in Message.INTERNAL}
    thread = Count("messages", filter=Q(messages__kind__in=set(Message.Kind.values) - internal))
    rows = inquiries.order_by().annotate(first=first, thread=thread).filter(Q(quarantined=False) | Q(thread__gt=0))
    return [CountableInquiry(*row) for row in rows.values_list("received_at", "role", "language", "first")]


def count_erased(erased: Iterable[CountableInquiry]) -> None:
    """Count what is erased in this very transaction. A closed quarter has counted it already."""
    for inquiry in erased:
        quarter = _lock_quarter(quarter_of(inquiry.received_at))
        if quarter.closed_at is None:
            for kind, name in inquiry.cells:
                QuarterCount.objects.get_or_create(quarter=quarter, kind=kind, name=name, defaults={"count": 0})
                quarter.counts.filter(kind=kind, name=name).update(count=F("count") + 1)


def count_quarter(start: date) -> Counts:
    """Return the numbers of a quarter that is not closed: what was erased, and what is stored."""
    erased = QuarterCount.objects.filter(quarter__start=start)
    counts: Counts = Counter(
        {(kind, name): n or 0 for kind, name, n in erased.values_list("kind", "name", "count")}
    )
    stored = Inquiry.objects.filter(
        received_at__gte=_midnight(start), received_at__lt=_midnight(_next_quarter(start))
    )
    for inquiry in read_countable(stored):
        counts.update(inquiry.cells)
    return counts


def close_quarters(now: datetime) -> int:
    """Close every quarter that has been over for long enough; return how many."""
    oldest = Inquiry.objects.aggregate(at=Min("received_at"))["at"]
    open_quarters = set(Quarter.objects.filter(closed_at=None).values_list("start", flat=True))
    start = min(open_quarters | {quarter_of(oldest)} if oldest else open_quarters, default=None)
    closed = set(Quarter.objects.exclude(closed_at=None).values_list("start", flat=True))
    count, present = 0, quarter_of(now - SETTLED)
    while start and start < present:
        if start not in closed:
            count += _close(start, now)
        start = _next_quarter(start)
    return count


def hide_small_numbers(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Return the numbers without the small ones, and without the smallest of the others when any is small.

    The total is published, so a single gap could be filled in. With a larger number among the gaps, what fills
    them can be exchanged between them, and so none has only one possible value. Equal numbers go together: which
    of them went would tell something. Needs a total that all cells together cannot reach while they are small.
    """
    if all(number >= SMALL for number in cells.values()):
        return dict(cells)
    second = min(number for number in cells.values() if number >= SMALL)
    return {name: None if number <= second else number for name, number in cells.items()}


def _close(start: date, now: datetime) -> int:
    with transaction.atomic():
        quarter = _lock_quarter(start)
        if quarter.closed_at is not None:
            return 0  # another process was first
        counts = count_quarter(start)
        total = sum(counts[Kind.WAIT, name] for name in Wait.values)
        kinds = {kind: {name: counts[kind, name] for name in _names(kind, counts)} for kind in Kind.values}
        most = max(len(cells) for cells in kinds.values()) * (SMALL - 1)
        quarter.counts.all().delete()
        if total >= FEWEST and total > most:
            quarter.total = total
            QuarterCount.objects.bulk_create(
                QuarterCount(quarter=quarter, kind=kind, name=name, count=number)
                for kind, cells in kinds.items()
                for name, number in hide_small_numbers(cells).items()
            )
        quarter.closed_at = now
        quarter.save()
    return 1


def _names(kind: str, counts: Counts) -> list[str]:
    known = {
        Kind.ROLE: Inquiry.Role.values,
        Kind.LANGUAGE: [code for code, _name in settings.LANGUAGES],
        Kind.WAIT: Wait.values,
    }
    return list(dict.fromkeys([*known[Kind(kind)], *(name for of, name in counts if of == kind)]))


def _lock_quarter(start: date) -> Quarter:
    """Return the quarter, kept from other processes until the transaction ends.

    So the process that closes it sees an erasing of another process either whole or not at all.
    """
    Quarter.objects.get_or_create(start=start)
    return Quarter.objects.select_for_update().get(start=start)


def _next_quarter(start: date) -> date:
    return date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
