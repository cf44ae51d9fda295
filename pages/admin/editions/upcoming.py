"""What happens to pages by itself: every planned publication and end, in one list."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.models import Edition, Page

ON_A_PAGE = 50


class UpcomingChange(NamedTuple):
    """One planned change of what visitors see."""

    when: datetime
    page_id: int
    what: str


def upcoming_changes(now: datetime) -> list[UpcomingChange]:
    """Return every planned change, soonest first. Only times and ids are read."""
    waiting = list(Edition.objects.waiting(at=now).values_list("page", "live_from", "live_until"))
    ending = Edition.objects.live(at=now).filter(live_until__gt=now).order_by()
    starts = {page: begins for page, begins, _ends in waiting if begins}
    ends = [(page, ends) for page, _begins, ends in waiting]
    # An end that a waiting edition comes before is never met: that edition takes the place first.
    ends += [
        (page, end)
        for page, end in ending.values_list("page", "live_until")
        if end and (page not in starts or end < starts[page])
    ]
    changes = [UpcomingChange(begins, page, _("Is published")) for page, begins, _ends in waiting if begins]
    return sorted(changes + [UpcomingChange(end, page, _("Is taken down")) for page, end in ends if end])


def upcoming_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show every planned change with its page."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    title = _("What happens by itself")
    shown = Paginator(upcoming_changes(timezone.now()), ON_A_PAGE).get_page(request.GET.get("p"))
    pages = Page.objects.in_bulk([change.page_id for change in shown])
    changes = [(change, pages[change.page_id]) for change in shown]
    return render_in_admin(admin, request, "upcoming", title=title, shown=shown, changes=changes)
