"""The admin of the clinic's own details: one row, for administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.models import Clinic


@admin.register(Clinic)
class ClinicAdmin(OnlyListFilters):
    """Name and switchboard. The one row is made with the site and never removed."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to the form: a list of one row is a detour."""
        clinic = Clinic.objects.first()
        if clinic is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:pages_clinic_change", args=[clinic.pk]))
