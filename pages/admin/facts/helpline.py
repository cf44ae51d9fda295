"""The admin of the helplines, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
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
    list_display = ["name", "number", "hours", "audience", "state"]
    actions = None
    fieldsets = [
        (None, {"fields": ["number", "name", "hours", "audience"]}),
        (None, {"fields": ["verified_on", "always_shown", "position"]}),
    ]

    @admin.display(description=_("state"))
    def state(self, line: Helpline) -> str:
        """Say whether the line was checked, and whether visitors see it."""
        if not line.number:
            return gettext("Without a number. Visitors do not see it.")
        if line.verified_on:
            return gettext("Checked %(day)s. Visitors see it.") % {"day": date_format(line.verified_on, "j. F Y")}
        if line.always_shown:
            return gettext("Not checked. Visitors see it all the same.")
        return gettext("Not checked. Visitors do not see it.")

    def get_form(
        self, request: HttpRequest, obj: Helpline | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Say of 113, 112 and 116 117 that visitors see them without a day, too."""
        if obj and obj.always_shown:
            text = gettext("The day a colleague rang. Visitors see this line always.")
            kwargs["help_texts"] = {"verified_on": text}
        return super().get_form(request, obj, change=change, **kwargs)

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
        elif not obj.number:
            messages.warning(request, _("Visitors do not see the line before it has a number and a day."))
        elif not (obj.verified_on or obj.always_shown):
            messages.warning(request, _("Visitors do not see the line before it has a day under “verified on”."))
