"""The launch list as a list to tick, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.lookups import OnlyListFilters
from pages.models import LaunchConfirmation


class LaunchForm(forms.Form):
    """Every item of the list; a tick is a confirmation by the person who saves."""

    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("Tick what you have made sure of yourself."),
        choices=LaunchConfirmation.Item.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(LaunchConfirmation)
class LaunchAdmin(OnlyListFilters):
    """One page with all items; single rows have no pages of their own."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        rows = LaunchConfirmation.objects.select_related("confirmed_by").order_by("confirmed_at")
        initial = {"confirmed": [row.item for row in rows]}
        form = LaunchForm(request.POST if request.method == "POST" else None, initial=initial)
        if form.is_valid():
            self._confirm(request, set(form.cleaned_data["confirmed"]))
            messages.success(request, _("The launch list is saved."))
            return HttpResponseRedirect(reverse("admin:pages_launchconfirmation_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Before launch"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "left": len(LaunchConfirmation.Item.choices) - len(rows),
        }
        return TemplateResponse(request, "admin/pages/launchconfirmation/list.html", context)

    @transaction.atomic
    def _confirm(self, request: HttpRequest, ticked: set[str]) -> None:
        """Keep who confirmed what is ticked already; add and remove the rest."""
        by: Any = request.user
        withdrawn = LaunchConfirmation.objects.exclude(item__in=ticked)
        self.log_deletions(request, withdrawn)
        withdrawn.delete()
        kept = set(LaunchConfirmation.objects.values_list("item", flat=True))
        for item in sorted(ticked - kept):
            row = LaunchConfirmation.objects.create(item=item, confirmed_by=by)
            self.log_addition(request, row, _("Confirmed."))
