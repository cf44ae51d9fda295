"""Load the starter pages, and never change a page that an editor has decided anything about.

A page belongs to the editors from the first time that one of them saves, moves, publishes, takes down or deletes
it. Only a page that is still as the loader left it receives a newer starter text: as a draft on a live site, and
published only in the demo. No page can stop the others, or the deployment: what is in the way is told.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import publish, save_draft
from pages.models import BLOCKS, Page, StarterRecord
from pages.starter.facts import insert_facts, load_clinic, load_facts
from pages.starter.periods import fill_in, named_in

FOLDER = Path(__file__).parent
FACTS = "clinic.toml"
BLOCK_MODELS = {model.snapshot_name: model for model in BLOCKS}
PAGE_TEXTS = ("title", "menu_title", "slug", "lead", "description")
_KEY_LINK = re.compile(r"\bpage:([a-z_]+)")
Tell = Callable[[str], object]


@transaction.atomic
def load(folder: Path = FOLDER, *, tell: Tell = lambda sentence: None) -> list[str]:
    """Load every file of the folder; return the keys of the pages that were written.

    `tell` is called with a sentence for each page that visitors do not see as it was written.
    """
    is_new_site = not Page.objects.exists()
    load_clinic(folder / FACTS)
    if is_new_site:
        load_facts(folder / FACTS)
    files = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.toml")) if path.name != FACTS}
    contents = {key: tomllib.loads(raw.decode()) for key, raw in files.items()}
    records = {key: reserve_page(key, contents[key]) for key in files}
    written = []
    for key, record in records.items():
        digest = digest_of(files[key])
        is_new = not record.digest
        if record.digest == digest or (record.belongs_to_editors(at=timezone.now()) and not is_new):
            continue
        if record.page is None:
            tell(_("%(key)s: the site has such a page already.") % {"key": key})
            continue
        write_working_copy(record.page, contents[key], records, place=is_new)
        write_edition(record, is_published=is_new_site or settings.MODE == "demo", tell=tell)
        record.digest = digest
        record.save()
        written.append(key)
    return written


def digest_of(raw: bytes) -> str:
    """Return a digest of a file and of the periods that it names."""
    periods = named_in(raw.decode())
    return hashlib.sha256(raw + (repr(periods).encode() if periods else b"")).hexdigest()


def reserve_page(key: str, content: dict[str, Any]) -> StarterRecord:
    """Return the record of a file; a new one gets an empty page, so that links to it have a number.

    No page, where the site can have one only of this kind and has it.
    """
    record = StarterRecord.objects.filter(key=key).select_related("page", "edition").first()
    if record is None:
        is_taken = content["kind"] in Page.ONLY_ONE and Page.objects.filter(kind=content["kind"]).exists()
        page = None if is_taken else Page.objects.create(kind=content["kind"], title_nb=content["title"]["nb"])
        record = StarterRecord.objects.create(key=key, page=page)
    return record


def write_edition(record: StarterRecord, *, is_published: bool, tell: Tell) -> None:
    """Make an edition of the working copy, and publish it if asked; note in the record how the page is left."""
    page: Any = record.page
    note, intent = _("From the starter content"), TranslationIntent.ALL_CURRENT
    is_new = not record.digest
    record.edition = save_draft(page, by=None, note=note, intent=intent)
    if not is_published:
        newer = _("%(page)s: there is a newer starter text. It waits as a draft.")
        tell((_("%(page)s: a new page. It waits as a draft.") if is_new else newer) % {"page": page})
        return
    try:
        publish(record.edition, by=None)
        record.shown_from = record.edition.live_from
    except ValidationError as error:
        # For example a page of the editors' own at the same address.
        why = " ".join(error.messages)
        tell(_("%(page)s: written as a draft. %(why)s") % {"page": page, "why": why})


def write_working_copy(
    page: Page, content: dict[str, Any], records: dict[str, StarterRecord], *, place: bool
) -> None:
    """Write the texts and blocks of the file into the working copy; its place only if asked.

    Where a page stands among others is the editors' from the first day: they may have moved its neighbours.
    """
    if place:
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
                f"{name}_{lang}": fill_in(_KEY_LINK.sub(link_by_number, text.strip()), lang)
                for lang, text in value.items()
            }
        elif name != "type":
            fields[name] = _KEY_LINK.sub(link_by_number, value) if isinstance(value, str) else value
    return fields
