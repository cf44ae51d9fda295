"""Comparing the chain with the heads outside the database: a chain that was rebuilt or cut off does not fit."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from contact.audit.chain_heads import ChainHead, heads_file, read_heads
from contact.models import AccessLink, AuditSegment

HEAD_WITHIN = timedelta(days=2)  # it is written once a day


@dataclass
class HeadComparison:
    """What the comparison found. When `broken` is empty, the chain is the one whose heads were written."""

    broken: list[str] = field(default_factory=list)
    heads: int = 0
    unreadable: list[int] = field(default_factory=list)  # lines of the file with the heads


def compare_heads() -> HeadComparison:
    """Compare every head outside the database with the chain, up to the first that does not fit."""
    try:
        heads, unreadable = read_heads()
    except OSError as error:
        words = _("The file with the heads cannot be read (%(error)s).") % {"error": type(error).__name__}
        return HeadComparison(broken=[words])
    segments = AuditSegment.objects.in_bulk()
    links = AccessLink.objects.in_bulk([head.number for head in heads])
    problems = (_problem_with(head, segments, links.get(head.number)) for head in heads)
    first = next(filter(None, problems), "")
    return HeadComparison([words for words in (first, _overdue_head(heads)) if words], len(heads), unreadable)


def _problem_with(head: ChainHead, segments: dict[int, AuditSegment], link: AccessLink | None) -> str:
    place = {"number": head.number, "day": head.at.date()}
    segment = segments.get(head.segment)
    if segment is None or segment.month != head.month:
        return _("The head of %(day)s names a month that the chain does not have.") % place
    if segment.dropped_at:
        following = segments.get(head.segment + 1)
        if following and following.first_link == head.number + 1 and following.starts_from != head.digest:
            return _("The head of %(day)s, link %(number)s, is not the one in the chain: it was rebuilt.") % place
        return ""
    if link is None:
        return _("The head of %(day)s, link %(number)s, is gone: the end of the chain was cut off.") % place
    if link.digest != head.digest:
        return _("The head of %(day)s, link %(number)s, is not the one in the chain: it was rebuilt.") % place
    return ""


def _overdue_head(heads: list[ChainHead]) -> str:
    limit = timezone.now() - HEAD_WITHIN
    oldest = AccessLink.objects.order_by("number").first()
    if oldest and oldest.linked_at < limit and (not heads or heads[-1].at < limit):
        return _("No head was written to %(file)s for two days. Does the delivery process run?") % {
            "file": heads_file()
        }
    return ""
