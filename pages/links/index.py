"""The index of links: which addresses and pages an edition names, written at every change.

A report reads the index and not every edition. The newest edition of a page (the one in the form), the one that
visitors see and the one that waits are in it, each with its time span, so that a schedule needs no new rows.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from pages.links.external import addresses_in
from pages.links.internal import targets_in
from pages.models import Edition, InsideLink, OutsideLink, Page


class IndexSpan(NamedTuple):
    """Whether an edition is the one in the form, and from when until when visitors see it."""

    newest: bool
    shown_from: datetime | None
    shown_until: datetime | None


@transaction.atomic
def list_links(page_id: int, *, now: datetime | None = None) -> None:
    """Write the rows of a page anew where they differ from its editions. A deleted page has none."""
    spans = spans_of(page_id, now or timezone.now())
    editions = Edition.objects.only("head", "body").in_bulk(spans)
    outside, inside = dict[tuple[Any, ...], IndexSpan](), dict[tuple[Any, ...], IndexSpan]()
    for number, edition in editions.items():
        for address in addresses_in([edition.head.get("lead"), edition.body]):
            outside[number, address] = spans[number]
        for target in targets_in(edition.body):
            inside[number, target, False] = spans[number]
        if parent := edition.head.get("parent"):
            inside[number, parent, True] = spans[number]
    _write(OutsideLink, ("address",), page_id, outside)
    _write(InsideLink, ("target", "above"), page_id, inside)


def spans_of(page_id: int, now: datetime) -> dict[int, IndexSpan]:
    """Return the editions of a page that are in the index, each with its span."""
    if Page.objects.deleted().filter(pk=page_id).exists():
        return {}
    ours = Edition.objects.filter(page=page_id)
    newest = ours.order_by("-pk").values_list("pk", flat=True).first()
    times = ours.current_or_coming(at=now).order_by("live_from", "pk").values_list("pk", "live_from", "live_until")
    spans = {newest: IndexSpan(newest=True, shown_from=None, shown_until=None)} if newest else {}
    replaced: datetime | None = None
    for number, begins, ends in reversed(times):
        until = min(filter(None, (ends, replaced)), default=None)
        spans[number] = IndexSpan(number == newest, begins, until)
        replaced = begins
    return spans


def _write(model: Any, names: tuple[str, ...], page_id: int, wanted: dict[tuple[Any, ...], IndexSpan]) -> None:
    held = {
        (row.edition_id, *(getattr(row, name) for name in names)): row
        for row in model.objects.filter(page=page_id)
    }
    if gone := [row.pk for key, row in held.items() if key not in wanted]:
        model.objects.filter(pk__in=gone).delete()
    changed = []
    for key, row in held.items():
        span = wanted.get(key)
        if span and span != IndexSpan(row.newest, row.shown_from, row.shown_until):
            row.newest, row.shown_from, row.shown_until = span
            changed.append(row)
    model.objects.bulk_update(changed, IndexSpan._fields)
    model.objects.bulk_create(
        [
            model(page_id=page_id, edition_id=key[0], **dict(zip(names, key[1:], strict=True)), **span._asdict())
            for key, span in wanted.items()
            if key not in held
        ],
        ignore_conflicts=True,  # two saves at the same time write the same row
    )
