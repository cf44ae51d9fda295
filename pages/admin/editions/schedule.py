"""The plan of one page: move or cancel the waiting edition, open it in the form, or end what is live."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.dialogs import back_to_form, page_to_publish, render_in_admin
from pages.admin.editions.merge_messages import clash_messages
from pages.admin.fields.date_fields import MomentField
from pages.admin.status.status import PageStatus, status_of
from pages.editions import scheduling
from pages.editions.waiting_edition import bring_up_to_date
from pages.models import Page

# The names of the buttons.
MOVE, CANCEL, OPEN, END = "_move", "_cancel", "_open", "_end"


class StartForm(forms.Form):
    """When the waiting edition begins and ends."""

    publish_at = MomentField(label=gettext_lazy("Publish at"))
    take_down_at = MomentField(
        label=gettext_lazy("Take down at"), required=False, help_text=gettext_lazy("Empty: the page stays.")
    )


class EndForm(forms.Form):
    """When what is live ends."""

    end_at = MomentField(
        label=gettext_lazy("Take down at"), required=False, help_text=gettext_lazy("Empty: the page stays.")
    )


@dataclass
class Plan:
    """The plan of a page with its two forms.

    Each button is a method. It returns the sentence about what it did; None when its form, or a message, says why
    it did nothing.
    """

    page: Page
    status: PageStatus
    by: User
    start: StartForm
    end: EndForm

    @classmethod
    def of(cls, request: HttpRequest, page: Page) -> "Plan":
        """Return the plan of the page, with the form whose button was pressed filled in."""
        by: Any = request.user
        status = status_of(page)
        waiting, live = status.waiting, status.live
        times = {"publish_at": waiting.live_from, "take_down_at": waiting.live_until} if waiting else {}
        start = StartForm(request.POST if MOVE in request.POST else None, initial=times)
        end = EndForm(
            request.POST if END in request.POST else None, initial={"end_at": live.live_until if live else None}
        )
        return cls(page, status, by, start, end)

    def end_live(self, request: HttpRequest) -> str | None:
        """Take down what is live at another time, or never. The front page is never taken down."""
        if not self.end.is_valid():
            return None
        if self.page.kind == Page.Kind.FRONT:
            raise PermissionDenied
        try:
            scheduling.take_down_at(self.page, self.end.cleaned_data["end_at"])
        except ValidationError as error:
            self.end.add_error("end_at", error)
            return None
        return _("The plan is saved.")

    def move(self, request: HttpRequest) -> str | None:
        """Give the waiting edition other times."""
        if self.status.waiting is None or not self.start.is_valid():
            return None
        times = self.start.cleaned_data
        try:
            scheduling.reschedule(
                self.status.waiting, by=self.by, at=times["publish_at"], until=times["take_down_at"]
            )
        except ValidationError as error:
            self.start.add_error(None, _under_form_names(error))
            return None
        return _("The plan is saved.")

    def cancel(self, request: HttpRequest) -> str | None:
        """Let the waiting edition be a draft again."""
        if self.status.waiting is None:
            return None
        try:
            scheduling.cancel(self.status.waiting)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return None
        return _("Cancelled. The edition is kept as a draft in the history.")

    def open_in_form(self, request: HttpRequest) -> str | None:
        """Put the waiting edition into the form, merged with what is live; it still waits."""
        if self.status.waiting is None:
            return None
        try:
            merged = bring_up_to_date(self.status.waiting, by=self.by)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return None
        for level, text in clash_messages(merged.clashes):
            messages.add_message(request, level, text)
        return _(
            "The form holds the waiting edition. It is published as planned until you press “Publish later” again."
        )


ACTIONS = {END: Plan.end_live, MOVE: Plan.move, CANCEL: Plan.cancel, OPEN: Plan.open_in_form}


def plan_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the plan of one page (GET), or do what the pressed button says (POST)."""
    page = page_to_publish(admin, request, page_id)
    plan = Plan.of(request, page)
    action = next((action for name, action in ACTIONS.items() if name in request.POST), None)
    if action and (done := action(plan, request)):
        admin.log_change(request, page, done)
        messages.success(request, done)
        if OPEN in request.POST:
            return back_to_form(page)
        return HttpResponseRedirect(reverse("admin:pages_page_plan", args=[page.pk]))
    may_end = plan.status.live is not None and page.kind != Page.Kind.FRONT
    return render_in_admin(
        admin, request, "plan", title=_("Plan for “%(page)s”") % {"page": page}, original=page,
        page_status=plan.status, start=plan.start, end=plan.end, may_end=may_end,
    )  # fmt: skip


def _under_form_names(error: ValidationError) -> ValidationError:
    """Return the error under the names of the form's fields."""
    if not hasattr(error, "error_dict"):
        return error
    names = {"at": "publish_at", "until": "take_down_at"}
    return ValidationError({names[name]: texts for name, texts in error.message_dict.items()})
