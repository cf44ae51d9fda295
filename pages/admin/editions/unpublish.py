"""Take a page off the website, after saying what that means and where the page is used."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form, page_to_publish, render_in_admin
from pages.admin.status.page_titles import TitleList
from pages.admin.status.status import status_of
from pages.editions import publishing
from pages.links.internal import leading_to, shown_under
from pages.models import Page


def take_down_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what happens (GET), or do it (POST). The front page can be changed but never taken down."""
    page = page_to_publish(admin, request, page_id)
    if page.kind == Page.Kind.FRONT:
        raise PermissionDenied
    if request.method == "POST":
        publishing.take_down(page)
        admin.log_change(request, page, _("Taken down from the website."))
        messages.success(request, _("Taken down. Visitors stop seeing the page within one minute."))
        return back_to_form(page)
    title = _("Take down “%(page)s”?") % {"page": page}
    return render_in_admin(
        admin, request, "take_down", title=title, original=page, page_status=status_of(page), **where_used(page)
    )


def where_used(page: Page) -> dict[str, Any]:
    """Return where visitors find the page now or later: links to it, menu, foot, and the live pages under it."""
    now = timezone.now()
    live = page.editions.live(at=now).first()
    linking, later = leading_to(page, at=now)
    return {
        "linking": TitleList.of(linking),
        "linking_later": TitleList.of(later),
        "children": TitleList.of(shown_under(page, at=now)),
        "in_menu": live is not None and live.head["in_menu"],
        "in_footer": live is not None and live.head.get("in_footer", False),
    }
