"""The admin of the helplines, for administrators."""

from django.contrib import admin
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
