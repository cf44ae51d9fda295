"""Verifying the access log: its triggers, links and entries; `head_comparison` compares the heads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contact.audit.hash_chain import (
    digest_before,
    digest_of,
    first_day_after,
    link_new_entries,
    month_of,
    unlinked_entries,
)
from contact.audit.head_comparison import compare_heads
from contact.audit.triggers import missing_triggers, strange_parts
from contact.models import AccessEntry, AccessLink, AuditSegment, Verification

CHUNK = 1_000
LINKED_WITHIN = timedelta(hours=1)  # the delivery process does it every few seconds
SLOWEST_COMMIT = timedelta(minutes=10)
CLOCK_SLACK = timedelta(minutes=5)  # machines that share a database never agree quite


@dataclass
class VerificationReport:
    """What was found. When `broken` is empty, the log is as it was written."""

    broken: list[str] = field(default_factory=list)
    links: int = 0
    heads: int = 0
    dropped: int = 0
    unreadable: list[int] = field(default_factory=list)  # lines of the file with the heads


class ChainBroken(Exception):
    """The first place at which the chain does not hold, in words."""


def verify() -> VerificationReport:
    """Link the new entries, then check everything, and write down that it was done. Nothing is repaired."""
    report = VerificationReport()
    names = missing_triggers(connection)
    if names:
        report.broken.append(
            _("The database no longer guards the access log: %(names)s.") % {"names": ", ".join(names)}
        )
    if names := strange_parts(connection):
        words = _("The database does something with the access log that was not set up here: %(names)s.")
        report.broken.append(words % {"names": ", ".join(names)})
    _look_for_unlinked(report)
    link_new_entries(looking_at_all=True)
    try:
        _walk(report)
    except ChainBroken as place:
        report.broken.append(str(place))
    comparison = compare_heads()
    report.broken += comparison.broken
    report.heads, report.unreadable = comparison.heads, comparison.unreadable
    said = {"at": timezone.now(), "is_whole": not report.broken}
    Verification.objects.update_or_create(pk=1, defaults=said)
    return report


def last_verification() -> Verification | None:
    """Return when all was last checked, and whether it was whole; None if never."""
    return Verification.objects.filter(pk=1).first()


def _look_for_unlinked(report: VerificationReport) -> None:
    """Report old entries without a link: they were slipped in, or the delivery process does not run."""
    old = unlinked_entries().filter(at__lt=timezone.now() - LINKED_WITHIN)
    if count := old.count():
        words = ngettext(
            "%(count)d entry older than an hour is not in the chain: entry %(first)s. "
            "Does the delivery process run?",
            "%(count)d entries older than an hour are not in the chain, the first is entry %(first)s. "
            "Does the delivery process run?",
            count,
        )
        report.broken.append(words % {"count": count, "first": old.values_list("pk", flat=True)[0]})


def _walk(report: VerificationReport) -> None:
    """Follow the chain from its first segment to its head. Raises ChainBroken at the first place."""
    previous, number = "", 0
    rounds = _Rounds()
    for segment in AuditSegment.objects.order_by("number"):
        if segment.starts_from != previous or segment.first_link != number + 1:
            raise ChainBroken(
                _("Month %(month)s does not begin where the one before it ended.") % {"month": segment.month}
            )
        if segment.dropped_at:
            following = _after_dropped(segment, segment.dropped_at)
            previous, number = following.starts_from, following.first_link - 1
            report.dropped += 1
            continue
        previous = digest_before(segment)
        for link, entry in _links_of(segment):
            number += 1
            previous = _check(link, entry, number, previous)
            rounds.check(link.linked_at, entry)
            report.links += 1


def _check(link: AccessLink, entry: AccessEntry | None, number: int, previous: str) -> str:
    """Return the link's digest, checked to be the next one and to fit its entry. Raises ChainBroken."""
    if link.number != number:
        raise ChainBroken(_("Link %(number)s is gone.") % {"number": number})
    if entry is None:
        raise ChainBroken(_("The entry of link %(number)s is gone.") % {"number": number})
    if link.digest != (digest := digest_of(previous, link.linked_at, entry)):
        place = {"number": number, "entry": entry.pk, "at": _moment(entry.at)}
        raise ChainBroken(
            _("Link %(number)s does not fit: entry %(entry)s of %(at)s, or the chain there, was changed.") % place
        )
    return digest


class _Rounds:
    """When the rounds of linking ran. An entry older than the round before its own was slipped in later.

    Where the clock was put back between two rounds, the times say nothing, and nothing is reported.
    """

    def __init__(self) -> None:
        self.before: datetime | None = None
        self.this: datetime | None = None

    def check(self, linked_at: datetime, entry: AccessEntry | None) -> None:
        """Raise ChainBroken for an entry that the round before would have found."""
        if linked_at != self.this:
            self.before, self.this = self.this, linked_at
        if entry and self.before and self.before < linked_at and entry.at < self.before - SLOWEST_COMMIT:
            place = {"entry": entry.pk, "at": _moment(entry.at), "found": _moment(linked_at)}
            raise ChainBroken(_("Entry %(entry)s says %(at)s, but was not there until %(found)s.") % place)


def _links_of(segment: AuditSegment) -> Iterator[tuple[AccessLink, AccessEntry | None]]:
    links = AccessLink.objects.filter(segment=segment).order_by("number").iterator(chunk_size=CHUNK)
    while chunk := list(islice(links, CHUNK)):
        entries = AccessEntry.objects.in_bulk([link.entry_id for link in chunk])
        yield from ((link, entries.get(link.entry_id)) for link in chunk)


def _after_dropped(segment: AuditSegment, dropped_at: datetime) -> AuditSegment:
    """Return the segment after a dropped one. Raises ChainBroken when it was not dropped whole, or too early."""
    place, now = {"month": segment.month}, timezone.now()
    following = AuditSegment.objects.filter(number=segment.number + 1).first()
    if following is None or AccessLink.objects.filter(segment=segment).exists():
        raise ChainBroken(_("Month %(month)s was not dropped as months are.") % place)
    first_day = max(segment.keep_until, first_day_after(segment.month))
    if min(dropped_at, now).astimezone(UTC).date() < first_day or segment.keep_until < first_day:
        raise ChainBroken(_("Month %(month)s was dropped before its time.") % place)
    if dropped_at > now + CLOCK_SLACK:
        raise ChainBroken(_("Month %(month)s is marked as dropped at a time that has not come.") % place)
    written = AccessEntry.objects.filter(action=AccessEntry.Action.MONTH_DROPPED, about=segment.month)
    around = (dropped_at - CLOCK_SLACK, dropped_at + CLOCK_SLACK)
    # The entry of a month that was dropped three years ago has been dropped too.
    may_be_gone = AuditSegment.objects.filter(month=month_of(dropped_at), dropped_at__isnull=False).exists()
    if not may_be_gone and not written.filter(at__range=around).exists():
        raise ChainBroken(_("Month %(month)s was dropped without an entry about it.") % place)
    return following


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
