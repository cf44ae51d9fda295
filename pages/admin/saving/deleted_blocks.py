"""Blocks that a colleague deleted while they were open in this form: kept, as new ones.

The second save of a conflict keeps all that was typed, so it names blocks whose rows are gone. Django would refuse
the whole formset for them.
"""

from typing import Any

from django.http import QueryDict

from pages.models import BLOCKS


def revive_deleted_blocks(data: QueryDict, page_id: int) -> QueryDict:
    """Return what was sent, with blocks that no longer exist turned into new ones, so that it can be saved."""
    for model in BLOCKS:
        prefix = formset_prefix(model)
        total, initial = (_form_count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
        there = {str(pk) for pk in model.objects.filter(parent=page_id).values_list("pk", flat=True)}
        gone = [number for number in range(initial) if data.get(f"{prefix}-{number}-id") not in there]
        if gone:
            kept = [number for number in range(initial) if number not in gone]
            order = [*kept, *gone, *range(initial, total)]
            data = _renumber(data, prefix, {str(old): new for new, old in enumerate(order)}, len(kept))
    return data


def formset_prefix(model: Any) -> str:
    """Return what the names of the fields of one kind of block begin with."""
    return model._meta.get_field("parent").remote_field.get_accessor_name(model=model)


def _form_count(data: QueryDict, name: str) -> int:
    """Return the number that the browser sent; 0 for anything else, or for more than a form can hold."""
    sent = data.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 4 else 0


def _renumber(data: QueryDict, prefix: str, numbers: dict[str, int], kept: int) -> QueryDict:
    """Return the data with the forms of one formset in another order; only the first `kept` have a row."""
    renumbered = QueryDict(mutable=True)
    for name, values in data.lists():
        number, _dash, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and number in numbers:
            new = numbers[number]
            renumbered.setlist(f"{prefix}-{new}-{field}", [""] if field == "id" and new >= kept else values)
        else:
            renumbered.setlist(name, values)
    renumbered[f"{prefix}-INITIAL_FORMS"] = str(kept)
    return renumbered
