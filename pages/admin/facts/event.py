"""The admin of gatherings: what takes place, and one row for each date."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin

from pages.admin.facts.over import warn_when_over
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES
from pages.admin.fields.identity_numbers import NoIdentityNumbers
from pages.admin.fields.languages import LabelledByLanguage
from pages.models import Event, EventDate


class DateInline(admin.TabularInline):
    """The coming dates of a gathering."""

    model = EventDate
    extra = 1
    formfield_overrides = FORMFIELD_OVERRIDES
    fields = ["starts_at", "ends_at", "cancelled"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EventDate]:
        """Leave out past dates, so that the form does not grow from year to year."""
        return EventDate.objects.coming(at=timezone.now())


@admin.register(Event)
class EventAdmin(OnlyListFilters, NoIdentityNumbers, LabelledByLanguage, TranslationAdmin):
    """A saved change shows at once on every page with the gathering."""

    formfield_overrides = FORMFIELD_OVERRIDES
    inlines = [DateInline]
    actions = None

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the dates, and say so when one of them has been: the page shows the coming ones alone."""
        super().save_formset(request, form, formset, change)
        saved = [*formset.new_objects, *(date for date, _fields in formset.changed_objects)]
        warn_when_over(request, is_over=any(date.ends_at <= timezone.now() for date in saved))
