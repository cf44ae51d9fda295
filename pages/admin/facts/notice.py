"""The admin of notices, which stand on every page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from pages.admin.facts.over import warn_when_over
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES
from pages.admin.fields.identity_numbers import NoIdentityNumbers
from pages.admin.fields.languages import LabelledByLanguage
from pages.admin.picker.destinations import MORE
from pages.admin.picker.fields import page_choice
from pages.models import Notice


@admin.register(Notice)
class NoticeAdmin(OnlyListFilters, NoIdentityNumbers, LabelledByLanguage, TranslationAdmin):
    """A saved notice shows on every page, at once or at the chosen time."""

    list_display = ["text", "visibility", "starts_at", "ends_at"]
    actions = None
    formfield_overrides = FORMFIELD_OVERRIDES
    fields = ["text", "more", "starts_at", "ends_at"]

    @admin.display(description=_("state"))
    def visibility(self, notice: Notice) -> str:
        """Say whether visitors see it now."""
        return str(notice.state(at=timezone.now()).label)

    def save_model(self, request: HttpRequest, obj: Notice, form: forms.ModelForm, change: bool) -> None:
        """Save, and say so when its end has come."""
        super().save_model(request, obj, form, change)
        warn_when_over(request, is_over=obj.state(at=timezone.now()) == Notice.State.OVER)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "more":
            return page_choice(field, MORE)
        return field
