"""The kinds of block inside a page's form, each with its fields."""

from typing import Any

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Field
from django.http import HttpRequest

from pages.admin.page.block_inline import BlockInline
from pages.admin.page.figure import picture_field
from pages.admin.picker.fields import door_choice
from pages.models import (
    CalloutBlock,
    CareCardBlock,
    ClaimBlock,
    ContactPanelBlock,
    DoDontBlock,
    DoorBlock,
    EventBlock,
    FactorBlock,
    FaqBlock,
    FigureBlock,
    HelplinesBlock,
    MythFactBlock,
    QuoteBlock,
    ResourceLinkBlock,
    StepBlock,
    TableBlock,
    TermBlock,
    TextBlock,
)


class TextInline(BlockInline):
    """Headings, paragraphs and lists."""

    model = TextBlock
    icon = "notes"


class CalloutInline(BlockInline):
    """What must stand out."""

    model = CalloutBlock
    icon = "priority_high"


class DoDontInline(BlockInline):
    """What to do, or not to do."""

    model = DoDontBlock
    icon = "rule"


class StepInline(BlockInline):
    """One thing that happens in order."""

    model = StepBlock
    icon = "format_list_numbered"


class FactorInline(BlockInline):
    """One of several things that play a part."""

    model = FactorBlock
    icon = "psychology"


class FaqInline(BlockInline):
    """A question with its answer."""

    model = FaqBlock
    icon = "help"


class MythFactInline(BlockInline):
    """A misunderstanding, and what is true."""

    model = MythFactBlock
    icon = "fact_check"


class TermInline(BlockInline):
    """A word, and what it means."""

    model = TermBlock
    icon = "dictionary"


class TableInline(BlockInline):
    """Rows under headings."""

    model = TableBlock
    icon = "table_chart"


class ResourceLinkInline(BlockInline):
    """A link to another organisation's knowledge."""

    model = ResourceLinkBlock
    icon = "link"


class FigureInline(BlockInline):
    """A picture from the library, or a drawing."""

    model = FigureBlock
    icon = "image"

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return picture_field(field) if db_field.name == "picture" else field


class QuoteInline(BlockInline):
    """What a named person has said."""

    model = QuoteBlock
    icon = "format_quote"


class ClaimInline(BlockInline):
    """A sentence that must be confirmed."""

    model = ClaimBlock
    icon = "verified"


class EventInline(BlockInline):
    """A gathering with its dates."""

    model = EventBlock
    icon = "event"


class HelplinesInline(BlockInline):
    """Lines to ring."""

    model = HelplinesBlock
    icon = "support_agent"


class CareCardInline(BlockInline):
    """What to watch for, and whom to ring."""

    model = CareCardBlock
    icon = "emergency"


class ContactPanelInline(BlockInline):
    """An invitation to ring or write."""

    model = ContactPanelBlock
    icon = "call"


class DoorInline(BlockInline):
    """A large link on the front page."""

    model = DoorBlock
    icon = "meeting_room"

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return door_choice(field, request) if db_field.name == "link" else field


INLINES: list[type[InlineModelAdmin]] = [
    TextInline, CalloutInline, DoDontInline, StepInline, FactorInline, FaqInline, MythFactInline, TermInline,
    TableInline, ResourceLinkInline, FigureInline, QuoteInline, ClaimInline, EventInline, HelplinesInline,
    CareCardInline, ContactPanelInline, DoorInline,
]  # fmt: skip
