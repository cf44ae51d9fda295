"""The starter clinic, helplines, claims and gatherings: loaded with the first page, from then on the editors'."""

import tomllib
from pathlib import Path
from typing import Any

from pages.models import Claim, Clinic, Event, Helpline

BY_KEY = {"claim": Claim, "event": Event}


def load_clinic(path: Path) -> None:
    """Create the clinic of the file when there is none: no page can do without its number."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if not Clinic.objects.exists():
        Clinic.objects.create(pk=1, name=content["name"], phone=content["phone"])


def load_facts(path: Path) -> None:
    """Create the rows of the file, in each table only when the table is empty.

    For a new site: later an empty table is one that staff have emptied.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, model in (("helpline", Helpline), ("claim", Claim), ("event", Event)):
        if not model._default_manager.exists():
            for position, row in enumerate(content.get(name, []), start=1):
                place = {} if model is Event else {"position": position * 10}
                model._default_manager.create(**place, **columns(row))


def columns(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a row; a translated text has one column for each language."""
    spread: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            spread |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            spread[name] = value
    return spread


def insert_facts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a page's blocks with each key replaced by its row; a block whose row was deleted is left out."""
    return [found for block in blocks if (found := _insert_fact(block))]


def _insert_fact(block: dict[str, Any]) -> dict[str, Any] | None:
    name = block["type"]
    if name not in BY_KEY:
        return block
    row = BY_KEY[name]._default_manager.filter(key=block[name]).first()
    return block | {name: row} if row else None
