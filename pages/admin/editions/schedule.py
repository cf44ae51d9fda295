"""What will happen to pages by itself: the list of it, and the page where one plan is changed or cancelled."""

from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.dialogs import ask, back_to_form, page_to_publish
from pages.admin.editions.merge_messages import clash_messages
from pages.admin.fields.date_fields import MomentField
from pages.admin.status.status import PageStatus, status_of
from pages.editions import scheduling
from pages.editions.pending import bring_up_to_date
from pages.models import Edition, Page

ON_A_PAGE = 50


class Coming(NamedTuple):
    """One thing that will happen by itself."""

    when: datetime
    page_id: int
    what: str


def coming(now: datetime) -> list[Coming]:
    """Return all that will happen to pages by itself, soonest first. Only times and numbers are read."""
    waiting = list(Edition.objects.waiting(at=now).values_list("page", "live_from", "live_until"))
    ending = Edition.objects.live(at=now).filter(live_until__gt=now).order_by()
    starts = {page: begins for page, begins, _ends in waiting if begins}
    found = [Coming(begins, page, _("Is published")) for page, begins, _ends in waiting if begins]
    ends = [(page, ends) for page, _begins, ends in waiting]
    ends += [
        (page, end)
        for page, end in ending.values_list("page", "live_until")
        if end and (page not in starts or end < starts[page])
    ]
    found += [Coming(end, page, _("Is taken down")) for page, end in ends if end]
    return sorted(found)


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


def coming_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show all that will happen."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    title = _("What happens by itself")
    shown = Paginator(coming(timezone.now()), ON_A_PAGE).get_page(request.GET.get("p"))
    pages = Page.objects.in_bulk([one.page_id for one in shown])
    rows = [(one, pages[one.page_id]) for one in shown]
    return ask(admin, request, "coming", title=title, shown=shown, rows=rows)


def plan_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the plan of one page (GET), or do what the pressed button says (POST)."""
    page = page_to_publish(admin, request, page_id)
    status = status_of(page)
    waiting, live = status.waiting, status.live
    start = StartForm(
        request.POST if "_move" in request.POST else None,
        initial={"publish_at": waiting.live_from, "take_down_at": waiting.live_until} if waiting else {},
    )
    end = EndForm(
        request.POST if "_end" in request.POST else None, initial={"end_at": live.live_until if live else None}
    )
    done = _do(request, page, status, start, end) if request.method == "POST" else None
    if done is not None:
        admin.log_change(request, page, done)
        messages.success(request, done)
        if "_open" in request.POST:
            return back_to_form(page)
        return HttpResponseRedirect(reverse("admin:pages_page_plan", args=[page.pk]))
    title = _("Plan for “%(page)s”") % {"page": page}
    may_end = live is not None and page.kind != Page.Kind.FRONT
    return ask(
        admin, request, "plan", title=title, original=page, page_status=status, start=start, end=end,
        may_end=may_end,
    )  # fmt: skip


def _do(request: HttpRequest, page: Page, status: PageStatus, start: StartForm, end: EndForm) -> str | None:
    """Do what the pressed button says and return the sentence about it; None when it could not be done."""
    by: Any = request.user
    waiting = status.waiting
    form: forms.Form = end if "_end" in request.POST else start
    names = {"at": "publish_at", "until": "take_down_at"}
    try:
        if "_end" in request.POST and end.is_valid():
            if page.kind == Page.Kind.FRONT:
                raise PermissionDenied
            names = {}
            scheduling.take_down_at(page, end.cleaned_data["end_at"])
            return _("The plan is saved.")
        if "_move" in request.POST and waiting and start.is_valid():
            times = start.cleaned_data
            scheduling.reschedule(waiting, by=by, at=times["publish_at"], until=times["take_down_at"])
            return _("The plan is saved.")
        if "_cancel" in request.POST and waiting:
            scheduling.cancel(waiting)
            return _("Cancelled. The edition is kept as a draft in the history.")
        if "_open" in request.POST and waiting:
            merged = bring_up_to_date(waiting, by=by)
            for level, text in clash_messages(merged.clashes):
                messages.add_message(request, level, text)
            return _(
                "The form holds the waiting edition. It is published as planned until you press "
                "“Publish later” again."
            )
    except ValidationError as error:
        if not form.is_bound:
            messages.error(request, " ".join(error.messages))
        elif hasattr(error, "error_dict"):
            form.add_error(None, ValidationError({names[name]: said for name, said in error.message_dict.items()}))
        else:
            form.add_error("end_at" if form is end else None, error)
    return None
