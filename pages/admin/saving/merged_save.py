"""The form that a refused save shows again: what was typed, and what the other save changed elsewhere on the page.

What the form would have saved is found by saving it and undoing that, as a preview does. Then it is merged with
what the page says now, field by field, and becomes what a browser would have sent.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Field
from django.http import QueryDict

from pages.admin.saving.deleted_blocks import formset_prefix
from pages.diff.merge import Block, Clash, MergeResult, merge
from pages.editions.snapshot import blocks_of, snapshot
from pages.editions.working_copy import BY_NAME, columns_of
from pages.models import BLOCKS, Edition, Page


class Tried(Exception):
    """Ends a save that is only tried: its transaction is rolled back."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.snapshot = snapshot(page)
        self.rows = rows_of(page)


def rows_of(page: Page) -> list[tuple[str, int]]:
    """Return what each block of the working copy is known by, in the order of the snapshot."""
    return [(block.snapshot_name, block.pk) for block in blocks_of(page)]


def merge_with_newest(
    opened: Edition, sent: QueryDict, save: Callable[[], Any]
) -> tuple[QueryDict, list[Clash]] | None:
    """Return what to show in the form, and what both have changed; None when what was sent cannot be saved."""
    try:
        with transaction.atomic():
            save()
    except Tried as tried:
        page = Page.objects.get(pk=opened.page_id)
        rows = rows_of(page)
        same = {rows.index(row): place for place, row in enumerate(tried.rows) if row in rows}
        head, body = snapshot(page)
        merged = merge((opened.head, opened.body), (head, body), tried.snapshot, same)
        newest = [(block, str(pk)) for block, (_name, pk) in zip(body, rows, strict=True)]
        return as_sent(sent, merged, newest), merged.clashes
    return None


def as_sent(sent: QueryDict, merged: MergeResult, newest: list[tuple[Block, str]]) -> QueryDict:
    """Return what a browser would send for the merged page, with the buttons and answers that were sent.

    A block that is taken away is sent with its words and marked, as an editor does it.
    """
    data = sent.copy()
    _put(data, "", columns_of(Page, merged.head))
    gone = [one for place, one in enumerate(newest) if place not in merged.ours_places]
    pks = ["" if place is None else newest[place][1] for place in merged.ours_places]
    blocks = [(block, pk, True) for block, pk in gone] + [
        (block, pk, False) for block, pk in zip(merged.body, pks, strict=True)
    ]
    for model in BLOCKS:
        prefix = formset_prefix(model)
        _forget(data, prefix)
        own = [(number, *one) for number, one in enumerate(blocks) if BY_NAME.get(one[0]["type"]) is model]
        own.sort(key=lambda one: one[2] == "")  # Django reads the forms of stored rows first
        for form, (number, block, pk, is_gone) in enumerate(own):
            place = {"id": pk, "region": Page.regions[0].key, "ordering": str(10 * (number + 1))}
            for name, value in (place | ({"DELETE": "on"} if is_gone else {})).items():
                data[f"{prefix}-{form}-{name}"] = value
            _put(data, f"{prefix}-{form}-", columns_of(model, block))
        data[f"{prefix}-TOTAL_FORMS"] = str(len(own))
        data[f"{prefix}-INITIAL_FORMS"] = str(sum(one[2] != "" for one in own))
    return data


def _forget(data: QueryDict, prefix: str) -> None:
    """Take away the forms of one kind of block; how many there may be stays."""
    for name in [name for name in data if name.startswith(f"{prefix}-") and name[len(prefix) + 1].isdecimal()]:
        del data[name]


def _put(data: QueryDict, prefix: str, columns: Iterable[tuple[Field, Any]]) -> None:
    """Put each value in as a browser sends it: nothing for a box without a tick."""
    for field, value in columns:
        data.pop(f"{prefix}{field.name}", None)
        if value is not False:
            data[f"{prefix}{field.name}"] = "on" if value is True else "" if value is None else str(value)
