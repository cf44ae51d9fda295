"""Where a finding is, in the words of the form."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.models import Page
from pages.quality.passages import BY_NAME, Place


def label_of(body: list[dict[str, Any]], place: Place) -> str:
    """Return "Content 4 (Step), title" for a block's field, and the field's name for the page's own."""
    if place.block is None:
        return capfirst(_field(Page, place.name))
    model = BY_NAME[body[place.block]["type"]]
    kind, field = str(model._meta.verbose_name), _field(model, place.name)
    values = {"number": place.block + 1, "kind": kind}
    block = _("Content %(number)d (%(kind)s)") % values
    return block if field == kind else f"{block}, {field}"


def _field(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)
