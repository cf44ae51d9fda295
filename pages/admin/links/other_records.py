"""What stands outside the pages and is changed in forms of its own: switchboard, helplines, claims, gatherings."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import Claim, Clinic, Event, Helpline, Notice
from pages.replace.replacement import Exchange
from pages.replace.search_term import WEB

FIELDS: dict[Any, tuple[str, ...]] = {
    Clinic: ("phone",), Helpline: ("number", "name", "hours"), Claim: ("text", "source", "source_url"),
    Event: ("title", "text", "place"), Notice: ("text",),
}  # fmt: skip


@dataclass(frozen=True)
class ByHand:
    """One row, with the form in which it is changed, if this person may open it."""

    kind: str
    name: str
    url: str


def by_hand(exchange: Exchange, user: Any) -> list[ByHand]:
    """Return the rows that hold what is looked for. A claim's words are somebody's word, so none is rewritten."""
    rows = [row for model in FIELDS for row in model.objects.all() if holds(row, exchange)]
    return [ByHand(str(row._meta.verbose_name), str(row), form_of(row, user)) for row in rows]


def form_of(row: Any, user: Any) -> str:
    """Return where the row is changed; "" for somebody who may not see it."""
    name = row._meta.model_name
    may = any(user.has_perm(f"pages.{verb}_{name}") for verb in ("view", "change"))
    return reverse(f"admin:pages_{name}_change", args=[row.pk]) if may else ""


def holds(row: Any, exchange: Exchange) -> bool:
    """Say whether one of the row's texts holds what is looked for."""
    translated = translator.get_options_for_model(type(row)).all_fields if type(row) is not Clinic else ()
    for name in FIELDS[type(row)]:
        names = [f"{name}_{language}" for language in LANGUAGES] if name in translated else [name]
        if any(_is_in(exchange, getattr(row, column) or "") for column in names):
            return True
    return False


def _is_in(exchange: Exchange, text: str) -> bool:
    whole = exchange.old.kind == WEB and bool(exchange.old.in_href(text))
    return whole or any(True for _span in exchange.old.spans(text))
