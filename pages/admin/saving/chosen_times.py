"""The times in the form of a page: those of the present plan, and those that an editor has chosen instead."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from pages.admin.fields.date_fields import MomentField
from pages.admin.status.status import PageStatus

FIELDS = ("publish_at", "take_down_at")
Times = dict[str, datetime]  # by the name of the field


def planned_times(status: PageStatus) -> dict[str, datetime | None]:
    """Return the times that the form proposes for a later publication: those of the present plan."""
    ends = status.waiting or status.live
    return {
        "publish_at": status.waiting.live_from if status.waiting else None,
        "take_down_at": ends.live_until if ends else None,
    }


def chosen_times(cleaned: dict[str, Any], status: PageStatus) -> Times:
    """Return the times that an editor has set in the form and that are not planned already."""
    planned = planned_times(status)
    return {
        name: cleaned[name]
        for name in FIELDS
        if cleaned.get(name) and MomentField.shown(cleaned[name]) != MomentField.shown(planned[name])
    }


def as_query(times: Times) -> str:
    """Return the times as the end of an address, so that the form proposes them again."""
    return "?" + urlencode({name: MomentField.shown(at) for name, at in times.items()}) if times else ""


def times_in(request: HttpRequest) -> Times:
    """Return the times that the address proposes; what is no time is left out."""
    found: Times = {}
    for name in FIELDS:
        try:
            at = MomentField().to_python(request.GET.get(name, "")[:30])
        except ValidationError:
            continue
        if at:
            found[name] = at
    return found
