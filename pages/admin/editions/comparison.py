"""A comparison of two editions in the words of the form."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, DateField, Field, ForeignKey, Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.admin.fields.languages import NAMES, language_name, language_names
from pages.admin.picker.destinations import link_names
from pages.diff.compare import PAGE, BlockDifference, FieldDifference, compare
from pages.models import BLOCKS, Edition, Page
from pages.richtext.field import RichTextField

MODELS: dict[str, type[Model]] = {PAGE: Page, **{model.snapshot_name: model for model in BLOCKS}}


@dataclass(frozen=True)
class ComparedField:
    """One field in one language, with its label."""

    label: str
    difference: FieldDifference


@dataclass(frozen=True)
class Section:
    """The page's own fields, or one block, with what happened to it in words."""

    title: str
    what: str
    changes: list[str]
    rows: list[ComparedField]


class FormWords:
    """Labels and values as the page form shows them. The names of related rows are read once for each table."""

    def __init__(self, *editions: Edition) -> None:
        self.editions = editions

    def field(self, block: str, name: str) -> Field | None:
        """Return the model field behind a stored one; None for one that is gone."""
        try:
            found = MODELS[block]._meta.get_field(name)
        except (KeyError, FieldDoesNotExist):
            return None
        return found if isinstance(found, Field) else None

    def is_rich(self, block: str, field: str) -> bool:
        return isinstance(self.field(block, field), RichTextField)

    def label(self, block: str, difference: FieldDifference) -> str:
        """Return "Title (nynorsk)", as in the form."""
        field = self.field(block, difference.name)
        name = capfirst(str(field.verbose_name)) if field else difference.name
        if block == PAGE and difference.name == "languages":
            name = _("Complete languages")
        language = difference.language
        return f"{name} ({language_name(language) if language in NAMES else language})" if language else name

    def link(self, href: str) -> str:
        return self.places.get(href, href)

    def value(self, block: str, field: str, value: Any) -> str:
        found = self.field(block, field)
        if value is None or value == "":
            return ""
        if field == "languages" and isinstance(value, list):
            return language_names(value)
        if isinstance(found, ForeignKey):
            return self.rows[found.related_model].get(value, _("(no longer exists)"))
        if isinstance(found, BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(found, DateField) and isinstance(value, str) and (day := parse_date(value)):
            return date_format(day)
        choices = dict(found.flatchoices) if found and found.choices else {}
        return str(choices.get(value, self.link(str(value))))

    @cached_property
    def places(self) -> dict[str, str]:
        """Return what the links of the editions lead to."""
        return link_names([edition.body for edition in self.editions])

    @cached_property
    def rows(self) -> dict[Any, dict[Any, str]]:
        """Return the names of the rows that the editions point to, by model."""
        wanted = defaultdict(set)
        for edition in self.editions:
            for block in ({**edition.head, "type": PAGE}, *edition.body):
                for name, value in block.items():
                    field = self.field(block.get("type", ""), name)
                    if isinstance(field, ForeignKey) and isinstance(value, int):
                        wanted[field.related_model].add(value)
        found: dict[Any, dict[Any, str]] = defaultdict(dict)
        for model, ids in wanted.items():
            found[model] = {row.pk: str(row) for row in model._base_manager.filter(pk__in=ids)}
        return found


def sections(old: Edition, new: Edition, *, everything: bool = False) -> list[Section]:
    """Return what differs between two editions, ready to be shown; with `everything`, all of the new one."""
    words = FormWords(old, new)
    stored = [{"head": edition.head, "body": edition.body} for edition in (old, new)]
    found = compare(stored[0], stored[1], words, everything=everything)
    own = Section(str(_("The page itself")), "changed", [], compared_fields(words, PAGE, found.fields))
    return [own] * bool(found.fields) + [block_section(words, block) for block in found.blocks]


def compared_fields(words: FormWords, block: str, fields: tuple[FieldDifference, ...]) -> list[ComparedField]:
    """Return the fields with their labels."""
    return [ComparedField(words.label(block, field), field) for field in fields]


def block_section(words: FormWords, block: BlockDifference) -> Section:
    """Return a block with what happened to it, in words."""
    model = MODELS.get(block.type)
    title = capfirst(str(model._meta.verbose_name)) if model else block.type
    names = {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed"), "same": _("Unchanged")}
    changes = [] if block.what == "same" and block.moved else [names[block.what]]
    if block.moved:
        places = {"old": block.old_place, "new": block.new_place}
        changes.append(_("Moved from place %(old)s to place %(new)s") % places)
    place = _("number %(place)s on the page") % {"place": block.new_place or block.old_place}
    return Section(f"{title}, {place}", block.what, changes, compared_fields(words, block.type, block.fields))


def count_sections(found: list[Section]) -> str:
    """Say how many parts of the page differ."""
    return ngettext("%(count)d part differs.", "%(count)d parts differ.", len(found)) % {"count": len(found)}
