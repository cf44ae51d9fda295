"""The admin of the helplines, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin

from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES
from pages.admin.fields.identity_numbers import NoIdentityNumbers
from pages.admin.fields.languages import LabelledByLanguage
from pages.models import Helpline


@admin.register(Helpline)
class HelplineAdmin(OnlyListFilters, NoIdentityNumbers, LabelledByLanguage, TranslationAdmin):
    """Helplines that visitors can ring. They see a line once an administrator has verified it."""

    formfield_overrides = FORMFIELD_OVERRIDES
    list_display = ["number", "name", "hours", "audience", "verified_on", "always_shown"]
    list_display_links = ["number", "name"]
    actions = None
    fieldsets = [
        (None, {"fields": ["number", "name", "hours", "audience"]}),
        (None, {"fields": ["verified_on", "always_shown", "position"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Helpline | None = None) -> Any:
        """Leave 113, 112 and 116 117 as they are: only their names and hours can be changed."""
        return ["number", "always_shown"] if obj and obj.is_emergency else []

    def has_delete_permission(self, request: HttpRequest, obj: Helpline | None = None) -> bool:
        """Keep 113, 112 and 116 117, for every colleague."""
        return not (obj and obj.is_emergency) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Helpline, form: forms.ModelForm, change: bool) -> None:
        """Save, and say so when visitors no longer see the line because its number is another one."""
        super().save_model(request, obj, form, change)
        if form.initial.get("verified_on") and form.cleaned_data["verified_on"] and not obj.verified_on:
            messages.warning(
                request,
                _(
                    "The number is another one, so it counts as unchecked and visitors do not see the line. "
                    "Ring it, and write the day under “verified on”."
                ),
            )
        elif not (obj.verified_on or obj.always_shown):
            messages.warning(request, _("Visitors do not see the line before it has a day under “verified on”."))
