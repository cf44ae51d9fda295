"""What every kind of block has in common inside a page's form."""

from typing import Any

from content_editor.admin import ContentEditorInline
from django import forms
from django.db.models import CharField, Field
from django.http import HttpRequest
from modeltranslation.admin import TranslationInlineModelAdmin

from pages.admin.fields.languages import LabelledByLanguage
from pages.admin.page.block_formset import BlockForm, BlockFormSet
from pages.admin.page.rich_text import RichTextWidget
from pages.richtext.field import RichTextField


class BlockInline(LabelledByLanguage, TranslationInlineModelAdmin, ContentEditorInline):
    """One kind of block; our template adds buttons to move and fold it by keyboard."""

    template = "admin/pages/page/block.html"
    form = BlockForm
    formset = BlockFormSet
    formfield_overrides = {RichTextField: {"widget": RichTextWidget}}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, which are the same for every editor. Read once: that takes making a whole form."""
        kind = type(self)
        if kind not in _fieldsets:
            _fieldsets[kind] = super().get_fieldsets(request, obj)
        return _fieldsets[kind]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Ask for no text: a draft is saved as far as it is written."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, CharField):
            field.required = False
        return field


_fieldsets: dict[type[BlockInline], Any] = {}
