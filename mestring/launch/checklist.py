"""The launch list: a page of tick boxes for administrators, with what the site itself knows beside each."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mestring.launch.evidence.items import evidence_for, measure
from mestring.launch.evidence.openers import local_passkeys
from mestring.launch.evidence.sentence import Evidence
from mestring.launch.mail_code import is_code
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.models import LaunchConfirmation
from pages.models.launch import is_complete


@dataclass(frozen=True)
class ChecklistItem:
    """One item of the list, as the launch list and the dashboard show it."""

    item: str
    name: str
    row: LaunchConfirmation | None
    evidence: Evidence | None


def launch_checklist() -> list[ChecklistItem]:
    """Return all items, each with its confirmation and with the evidence for or against it."""
    rows = {row.item: row for row in LaunchConfirmation.objects.select_related("confirmed_by")}
    return [
        ChecklistItem(item, str(name), rows.get(item), evidence_for(item))
        for item, name in LaunchConfirmation.Item.choices
    ]


class LaunchForm(forms.Form):
    """The items that are confirmed by the administrator who saves the form."""

    mail_code = forms.CharField(
        label=gettext_lazy("Code from the test mail"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("Tick what you have made sure of yourself."),
        choices=LaunchConfirmation.Item.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_confirmed(self) -> list[str]:
        """Refuse a new tick that evidence speaks against; an older one remains its administrator's word.

        The last one waits for what the site itself sees, too.
        """
        ticked: list[str] = self.cleaned_data["confirmed"]
        new = [item for item in ticked if item not in self.initial["confirmed"]]
        wrong = [
            f"{LaunchConfirmation.Item(item).label}: {evidence.words}"
            for item in new
            if (evidence := measure(item)) and evidence.against
        ]
        if LaunchConfirmation.Item.TEST_MAIL in new and not is_code(self.cleaned_data.get("mail_code", "")):
            refused = _("This is not the code of a test mail of the last seven days.")
            wrong.append(f"{LaunchConfirmation.Item.TEST_MAIL.label}: {refused}")
        others = set(self.initial["confirmed"]) - self.initial["shown"]  # ticked since the page was opened
        if is_complete(len(others | set(ticked))) and not is_complete(len(self.initial["confirmed"])):
            seen = local_passkeys()
            wrong += [str(seen.words)] if seen and seen.against else []
        if wrong:
            raise ValidationError(wrong)
        return ticked


def _shown_as_ticked(request: HttpRequest) -> set[str]:
    """Return the items that were ticked when the page was opened; all, where a form does not say it."""
    if "shown" in request.POST:
        return set(request.POST.getlist("shown"))
    return set(LaunchConfirmation.Item.values)


@admin.register(LaunchConfirmation)
class LaunchAdmin(OnlyListFilters):
    """One page with all items; a single confirmation has no page of its own."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        items = launch_checklist()
        confirmed = [one.item for one in items if one.row]
        shown = _shown_as_ticked(request) if request.method == "POST" else set(confirmed)
        initial = {"confirmed": confirmed, "shown": shown}
        form = LaunchForm(request.POST if request.method == "POST" else None, initial=initial)
        if form.is_valid():
            self._confirm(request, set(form.cleaned_data["confirmed"]), shown)
            messages.success(request, _("The launch list is saved."))
            return HttpResponseRedirect(reverse("admin:pages_launchconfirmation_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Before launch"),
            "opts": self.opts,
            "form": form,
            "lines": list(zip(items, form["confirmed"], strict=True)),
            "shown": sorted(shown),
            "left": sum(one.row is None for one in items),
            "asks_for_code": LaunchConfirmation.Item.TEST_MAIL not in initial["confirmed"],
            "seen": local_passkeys(),
        }
        return TemplateResponse(request, "admin/pages/launchconfirmation/list.html", context)

    @transaction.atomic
    def _confirm(self, request: HttpRequest, ticked: set[str], shown: set[str]) -> None:
        """Leave confirmations that are still ticked as they are; add and remove the others.

        One that the page did not show as ticked stays: a colleague has set it since the page was opened.
        """
        administrator: Any = request.user
        withdrawn = LaunchConfirmation.objects.filter(item__in=shown - ticked)
        self.log_deletions(request, withdrawn)
        withdrawn.delete()
        kept = set(LaunchConfirmation.objects.values_list("item", flat=True))
        for item in sorted(ticked - kept):
            row = LaunchConfirmation.objects.create(item=item, confirmed_by=administrator)
            self.log_addition(request, row, _("Confirmed."))
