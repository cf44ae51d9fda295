"""Blocks that are half written: what a visitor would miss, or be misled by, must be there before publishing."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.models.blocks.table import fault_in
from pages.models.web_address import https_only
from pages.quality.finding import Finding, Severity
from pages.quality.passages import BY_NAME, Place, Reading

Fault = tuple[str, str, str]  # the field, what is wrong, what to do


def check(reading: Reading) -> Iterator[Finding]:
    """Return what the blocks lack in this language, and what they lack in all of them."""
    for number, block in enumerate(reading.body):
        faults = [*_halves(block, reading.texts_of(block))]
        if reading.own_text("title"):
            faults += _settings(block)
        for name, problem, advice in faults:
            yield Finding("half-block", Severity.HARD, reading.language, Place(number, name), problem, advice)


def _halves(block: dict[str, Any], texts: dict[str, str]) -> Iterator[Fault]:
    for said, wanted, message in getattr(BY_NAME.get(block["type"]), "pairs", ()):
        if texts.get(said, "").strip() and not texts.get(wanted, "").strip():
            yield wanted, str(message), _("Write what is missing, or take the block away.")
    if block["type"] == "table" and (fault := fault_in(texts.get("rows", ""))):
        yield "rows", fault, _("Put the rows right.")


def _settings(block: dict[str, Any]) -> Iterator[Fault]:
    model = BY_NAME.get(block["type"])
    for name in getattr(model, "wants", ()):
        if not block.get(name):
            field = capfirst(str(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # it has wants
            missing = _("“%(field)s” is empty.") % {"field": field}
            yield name, missing, _("Write what is missing, or take the block away.")
    if block["type"] == "resource_link" and block.get("url"):
        try:
            https_only(block["url"])
        except ValidationError as error:
            yield "url", str(error.message), _("Copy the address from the browser.")
    if block["type"] == "figure":
        yield from _figure(block)


def _figure(block: dict[str, Any]) -> Iterator[Fault]:
    has_picture, has_drawing = bool(block.get("picture")), bool(block.get("drawing"))
    if not has_picture and not has_drawing:
        yield "picture", _("There is neither a picture nor a drawing."), _("Choose one, or take the block away.")
    if has_picture and has_drawing:
        yield "picture", _("There are both a picture and a drawing."), _("Choose one of them.")
    if block.get("decorative") and any((block.get("alt") or {}).values()):
        yield "decorative", _("Decoration has no alternative text."), _("Take away the tick, or the text.")
