"""Load the starter pages, and never change a page that an editor has changed.

A page belongs to the editors from the first edition that one of them saves, and a deleted page stays deleted. Only
a page that no editor has touched receives a newer starter text.
"""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import publish, save_draft
from pages.models import BLOCKS, Page, StarterRecord
from pages.starter.facts import insert_facts, load_facts

FOLDER = Path(__file__).parent
FACTS = "clinic.toml"
BLOCK_MODELS = {model.snapshot_name: model for model in BLOCKS}
PAGE_TEXTS = ("title", "menu_title", "slug", "lead", "description")
_KEY_LINK = re.compile(r"\bpage:([a-z_]+)")


@transaction.atomic
def load(folder: Path = FOLDER) -> list[str]:
    """Load every file of the folder; return the keys of the pages that were written."""
    load_facts(folder / FACTS)
    files = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.toml")) if path.name != FACTS}
    contents = {key: tomllib.loads(raw.decode()) for key, raw in files.items()}
    records = {key: reserve_page(key, contents[key]) for key in files}
    written = []
    for key, record in records.items():
        digest = hashlib.sha256(files[key]).hexdigest()
        if record.page is None or record.digest == digest or touched_by_editor(record.page):
            continue
        write_working_copy(record.page, contents[key], records)
        publish(
            save_draft(
                record.page, by=None, note=_("From the starter content"), intent=TranslationIntent.ALL_CURRENT
            ),
            by=None,
        )
        record.digest = digest
        record.save(update_fields=["digest"])
        written.append(key)
    return written


def reserve_page(key: str, content: dict[str, Any]) -> StarterRecord:
    """Return the record of a file; a new one gets an empty page, so that links to it have a number."""
    record = StarterRecord.objects.filter(key=key).select_related("page").first()
    if record is None:
        page = Page.objects.create(kind=content["kind"], title_nb=content["title"]["nb"])
        record = StarterRecord.objects.create(key=key, page=page)
    return record


def touched_by_editor(page: Page) -> bool:
    """Say whether an editor has saved or deleted the page."""
    return page.deleted_at is not None or page.editions.exclude(saved_by=None).exists()


def write_working_copy(page: Page, content: dict[str, Any], records: dict[str, StarterRecord]) -> None:
    """Write the texts and blocks of the file into the working copy."""
    parent = records.get(content.get("parent", ""))
    page.parent = parent.page if parent else None
    page.position = content.get("order", 100)
    page.in_menu, page.in_footer = content.get("in_menu", False), content.get("in_footer", False)
    page.audience = content.get("audience", "")
    page.clinical, page.care_level = content.get("clinical", False), content.get("care_level", "")
    for name in PAGE_TEXTS:
        for language, text in content.get(name, {}).items():
            setattr(page, f"{name}_{language}", text.strip())
    page.save()
    for model in BLOCKS:
        model.objects.filter(parent=page).delete()
    for number, block in enumerate(insert_facts(content.get("block", [])), start=1):
        model = BLOCK_MODELS[block["type"]]
        model.objects.create(parent=page, region="main", ordering=10 * number, **block_fields(block, records))


def block_fields(block: dict[str, Any], records: dict[str, StarterRecord]) -> dict[str, Any]:
    """Return a block's columns, with links by key turned into links by number."""

    def link_by_number(match: re.Match[str]) -> str:
        record = records.get(match[1])
        return f"page:{record.page_id or 0}" if record else match[0]

    fields: dict[str, Any] = {}
    for name, value in block.items():
        if isinstance(value, dict):
            fields |= {
                f"{name}_{lang}": _KEY_LINK.sub(link_by_number, text.strip()) for lang, text in value.items()
            }
        elif name != "type":
            fields[name] = _KEY_LINK.sub(link_by_number, value) if isinstance(value, str) else value
    return fields
