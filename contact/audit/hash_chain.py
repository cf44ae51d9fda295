"""The hash chain over the access log: an intruder who changes, removes or adds an entry must rebuild all after it.

Words: an *entry* is what a person did, written in the transaction that did it, and never held up by the chain. A
*link* is an entry's place in the chain, with the SHA-256 of the link before it and of the entry. A *segment* is
the links of one month (UTC), dropped whole when its time is over. The *head* is the newest link, written outside
the database every day (contact.audit.chain_heads). An intruder who can write to the database can rebuild the
chain, but not without contradicting yesterday's head.

The delivery process appends the links, not the request that writes the entry: a chain can only grow one by one,
and no sender shall wait for it. Of two processes at once, the one that takes a number first wins, and the other
begins anew with its next round.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from contact.models import AccessEntry, AccessLink, AuditSegment

BATCH = 500  # links added by one statement: few enough that no request waits long for SQLite's one writer
# An entry can become visible after a newer one: PostgreSQL gives out numbers before the commit. Each round looks
# back over so many entries, and once a day over all of them.
LOOK_BACK = 1_000


def link_new_entries(*, looking_at_all: bool = False) -> int:
    """Append a link for every entry that has none yet; return how many."""
    now = timezone.now()
    linked = added = _append(now, looking_at_all=looking_at_all)
    while added == BATCH:
        added = _append(now, looking_at_all=looking_at_all)
        linked += added
    return linked


def newest_link() -> AccessLink | None:
    """Return the newest link."""
    return AccessLink.objects.select_related("segment").order_by("-number").first()


def unlinked_entries(*, since: int = 0) -> models.QuerySet[AccessEntry]:
    """Return the entries after this one that have no link yet, oldest first."""
    return AccessEntry.objects.filter(pk__gt=since, link=None).order_by("pk")


def expired_months(now: datetime) -> list[AuditSegment]:
    """Return the months whose time is over; the newest never is."""
    closed = AuditSegment.objects.filter(dropped_at=None).order_by("-number")[1:]
    return [segment for segment in closed if segment.keep_until <= now.astimezone(UTC).date()]


def drop_expired_months() -> int:
    """Erase the months whose time is over, entries and links together; return how many months.

    An entry says so of each, so that a month that goes in any other way is found.
    """
    dropped = 0
    for segment in expired_months(timezone.now()):
        now = timezone.now()
        with transaction.atomic():
            if AuditSegment.objects.filter(pk=segment.pk, dropped_at=None).update(dropped_at=now):
                # A plain QuerySet: the model's own refuses, and the database allows this only now.
                models.QuerySet(AccessEntry).filter(link__segment=segment).delete()
                AccessLink.objects.filter(segment=segment).delete()
                AccessEntry.objects.create(action=AccessEntry.Action.MONTH_DROPPED, about=segment.month, at=now)
                dropped += 1
    return dropped


def digest_of(previous: str, linked_at: datetime, entry: AccessEntry) -> str:
    """Return the digest of an entry that was linked then, after the link with the previous digest."""
    return _digest(previous, {"linked_at": linked_at, **_columns(entry)})


def digest_before(segment: AuditSegment) -> str:
    """Return what a segment's first link follows: a digest of the link before it and the segment's columns."""
    columns = {name: getattr(segment, name) for name in ("number", "month", "keep_until", "first_link")}
    return _digest(segment.starts_from, columns)


def month_of(when: datetime) -> str:
    """Return the month in UTC, such as 2026-11; compares as text."""
    return when.astimezone(UTC).strftime("%Y-%m")


def first_day_after(month: str) -> date:
    """Return the first day after a month."""
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def _append(now: datetime, *, looking_at_all: bool) -> int:
    last = newest_link()
    since = 0 if looking_at_all or last is None else last.entry_id - LOOK_BACK
    links = list(_links_for(unlinked_entries(since=since)[:BATCH], last, now))
    # No lock is held while the digests are computed. A number that another process has taken is refused.
    try:
        with transaction.atomic():
            segments = {link.segment_id: link.segment for link in links}
            AuditSegment.objects.bulk_create([one for one in segments.values() if one._state.adding])
            AccessLink.objects.bulk_create(links)
    except IntegrityError:
        return 0  # another process was quicker
    return len(links)


def _links_for(entries: Iterable[AccessEntry], last: AccessLink | None, now: datetime) -> Iterable[AccessLink]:
    segment = last.segment if last else None
    number, previous = (last.number, last.digest) if last else (0, "")
    for entry in entries:
        number += 1
        month = _month_for(entry, segment, now)
        if segment is None or segment.month != month:
            segment = AuditSegment(
                number=segment.number + 1 if segment else 1,
                month=month,
                keep_until=first_day_after(month) + timedelta(days=settings.AUDIT_RETENTION_DAYS),
                first_link=number,
                starts_from=previous,
            )
            previous = digest_before(segment)
        previous = digest_of(previous, now, entry)
        yield AccessLink(number=number, segment=segment, entry=entry, linked_at=now, digest=previous)


def _month_for(entry: AccessEntry, segment: AuditSegment | None, now: datetime) -> str:
    """Return the entry's own month, or the open one when that is closed already.

    A month that has not come yet was begun by a clock that ran ahead. It is left as soon as the clock is right.
    """
    month, this = min(month_of(entry.at), month_of(now)), month_of(now)
    return max(month, segment.month) if segment and segment.month <= this else month


def _columns(entry: AccessEntry) -> dict[str, Any]:
    """Return every column but the empty ones, so that a column that is added later changes no digest."""
    values = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _digest(previous: str, columns: dict[str, Any]) -> str:
    plain = json.dumps(columns, sort_keys=True, separators=(",", ":"), default=_as_text)
    return sha256(f"{previous}\n{plain}".encode()).hexdigest()


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)  # a UUID or a date
