"""The filter beside the list of pages: those with health advice that a clinical reviewer has to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.models import Page

MISSING, DUE = Page.ReviewState.MISSING, Page.ReviewState.DUE


class ReviewFilter(admin.SimpleListFilter):
    """Pages whose review is missing or due."""

    title = _("clinical review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is to be done; the other pages need no list."""
        return [(MISSING.value, _("is missing")), (DUE.value, _("is due again"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """Narrow the list to the chosen state."""
        states = {MISSING: Page.objects.unreviewed(), DUE: Page.objects.due_for_review(on=timezone.localdate())}
        chosen = states.get(self.value())  # type: ignore[call-overload]  # None when nothing is chosen
        return queryset if chosen is None else queryset.filter(pk__in=chosen.values("pk"))


def pages_to_review(state: Page.ReviewState = MISSING) -> str:
    """Return the address of the list, narrowed to the pages in this state."""
    return f"{reverse('admin:pages_page_changelist')}?{ReviewFilter.parameter_name}={state.value}"
