"""The inbox as a list: each look is logged before it is shown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.admin.access.banner import banner_context
from contact.admin.access.opener import lock_state, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.inbox.filters import filters_context
from contact.admin.inbox.keyset_pagination import page_of
from contact.admin.inbox.list_query import ListQuery
from contact.admin.inbox.rows import InboxRow, inbox_rows
from contact.audit import staff_activity
from contact.cases.summaries import summarize_cases
from contact.keys.inbox_openers import inbox_openers_by_name
from contact.unlocking.unlocking import Locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PER_PAGE = 50


def list_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Show one page of the list; a query that the page does not offer leads back to its beginning."""
    if (query := ListQuery.read(request.GET)) is None:
        return redirect("admin:contact_inquiry_changelist")
    user, now, lock = cast("User", request.user), timezone.now(), lock_state(request)
    page = page_of(query.rows(user, now), query.order, PER_PAGE, after=query.after, before=query.before)
    rows, has_names = opened_rows(request, page.rows, inbox_openers_by_name(), opens=can_open(lock))
    shown = {
        "query": query,
        "rows": rows,
        "has_names": has_names,
        "before": page.before and query.query_string_with(before=page.before),
        "after": page.after and query.query_string_with(after=page.after),
        **filters_context(query, now),
    }
    return list_page(section, request, lock | shown)


def list_page(
    section: RestrictedAdmin, request: HttpRequest, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show the list, or what a search found, under the banner."""
    context = {
        **banner_context(request),
        **shown,
        "title": _("Inbox"),
        "can_search": can_open(shown),
    }
    return section.render(request, "admin/contact/inbox/list.html", context, status=status)


def can_open(lock: dict[str, Any]) -> bool:
    """Say whether names and words can be shown."""
    return bool(lock["is_unlocked"] or not lock["needs_unlocking"])


def opened_rows(
    request: HttpRequest, inquiries: list[Any], openers: Iterable["User"], *, opens: bool
) -> tuple[list[InboxRow], bool]:
    """Return the rows, and whether names are on them; the look is logged first."""
    user, summaries = cast("User", request.user), {}
    if opens:
        try:
            summaries = summarize_cases(inquiries, user, opener(request))
        except Locked:
            opens = False
    if not opens:
        staff_activity.note_list_seen(user)
    return inbox_rows(inquiries, openers, user, timezone.now(), summaries), opens
