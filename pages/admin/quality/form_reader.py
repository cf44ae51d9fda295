"""The page's form as the browser sent it, read into the shape of a snapshot without saving it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField
from modeltranslation.translator import translator

from pages.languages import LANGUAGES
from pages.models import BLOCKS, Page
from pages.quality.passages import Place

MOST_BLOCKS = 300  # more than any form has: the number in the hidden field comes from the browser


@dataclass
class FormSnapshot:
    """A head and a body, and for each block the prefix of its fields in the form."""

    head: dict[str, Any]
    body: list[dict[str, Any]] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)

    def id_of(self, place: Place, language: str) -> str:
        """Return the HTML id of a field in the form."""
        prefix = "" if place.block is None else f"{self.prefixes[place.block]}-"
        return f"id_{prefix}{place.name}_{language}"


def read_form(sent: Mapping[str, str], page: Page | None) -> FormSnapshot:
    """Return what was sent, whether the form would accept it or not. Asks no database and writes nothing.

    It holds only what the quality rules read: the texts, and the other fields as typed or ticked.
    """
    head: dict[str, Any] = {"kind": page.kind if page else sent.get("kind", "")}
    for name in translator.get_options_for_model(Page).all_fields:
        head[name] = _texts(sent, name)
    blocks = [found for model in BLOCKS for found in _blocks(sent, model)]
    blocks.sort(key=lambda found: (found[0], found[1]["type"]))
    return FormSnapshot(head, [block for _n, block, _p in blocks], [prefix for _n, _block, prefix in blocks])


def _blocks(sent: Mapping[str, str], model: Any) -> list[tuple[int, dict[str, Any], str]]:
    """Return (place, block, prefix) of each block of one kind that is not to be deleted."""
    formset = model._meta.get_field("parent").remote_field.get_accessor_name(model=model)
    found = []
    for index in range(min(_number(sent.get(f"{formset}-TOTAL_FORMS")), MOST_BLOCKS)):
        prefix = f"{formset}-{index}"
        if f"{prefix}-DELETE" not in sent and f"{prefix}-ordering" in sent:
            found.append((_number(sent[f"{prefix}-ordering"]), _block(sent, model, prefix), prefix))
    return found


def _block(sent: Mapping[str, str], model: Any, prefix: str) -> dict[str, Any]:
    translated = translator.get_options_for_model(model).all_fields
    block: dict[str, Any] = {"type": model.snapshot_name}
    for column in model._meta.concrete_fields:
        name = f"{prefix}-{column.name}"
        if column.name in translated:
            block[column.name] = _texts(sent, name)
        elif not hasattr(column, "translated_field"):
            block[column.name] = name in sent if isinstance(column, BooleanField) else sent.get(name, "")
    return block


def _texts(sent: Mapping[str, str], name: str) -> dict[str, str]:
    texts = {language: sent.get(f"{name}_{language}", "").strip() for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def _number(text: str | None) -> int:
    """Return a whole number that a browser sent; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
