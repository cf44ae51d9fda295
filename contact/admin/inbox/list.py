"""The inbox as a list: each look is logged before it is shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.admin.access.banner import banner
from contact.admin.access.opener import lock_state, opener
from contact.admin.inbox.counts import counted, spoken
from contact.admin.inbox.keyset_pagination import part_of
from contact.admin.inbox.list_query import ListQuery
from contact.admin.inbox.rows import Row, rows_of
from contact.admin.keys.unlocking import LIST, UnlockingAdmin
from contact.audit import staff_activity
from contact.cases.deadlines import overdue_inquiries, waiting_inquiries
from contact.cases.ownership import free_strays
from contact.cases.summaries import summarize_cases
from contact.keys.unlocking import Locked
from contact.models import Inquiry
from contact.permissions import inbox_readers_by_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PER_PAGE = 50
SHOWS = {
    "waiting": gettext_lazy("Waiting for an answer"),
    "over": gettext_lazy("Over time"),
    "open": gettext_lazy("All open"),
    "long": gettext_lazy("Open for long"),
    "closed": gettext_lazy("Closed ones"),
}
OWNERS = {
    "all": gettext_lazy("Everybody's"),
    "mine": gettext_lazy("Mine"),
    "nobody": gettext_lazy("Nobody's"),
}


class ListingAdmin(UnlockingAdmin):
    """The list of cases, narrowed by links and a form that send nothing but choices."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show one page of the list; what is not offered leads back to its beginning."""
        if (query := ListQuery.read(request.GET)) is None:
            return redirect(LIST)
        user, now, people = cast("User", request.user), timezone.now(), inbox_readers_by_name()
        free_strays(people)
        lock = lock_state(request)
        part = part_of(query.rows(user, now), query.order, PER_PAGE, after=query.after, before=query.before)
        rows, opens = self.opened_rows(request, part.rows, people, opens=can_open(lock))
        shown = {
            "query": query,
            "rows": rows,
            "names": opens,
            "before": part.before and query.but(before=part.before),
            "after": part.after and query.but(after=part.after),
            "shows": choices(query, "show", SHOWS, counts(now)),
            "owners": choices(query, "owner", OWNERS),
            "roles": Inquiry.Role.choices,
            "languages": settings.LANGUAGES,
        }
        return self.list_page(request, lock | shown)

    def opened_rows(
        self, request: HttpRequest, inquiries: list[Any], people: Iterable["User"], *, opens: bool
    ) -> tuple[list[Row], bool]:
        """Return the rows, and whether names are on them; the look is logged first, once in a while."""
        user, seen = cast("User", request.user), {}
        if opens:
            try:
                seen = summarize_cases(inquiries, user, opener(request))
            except Locked:
                opens = False
        if not opens:
            staff_activity.note_list_seen(user)
        return rows_of(inquiries, people, user, timezone.now(), seen), opens

    def list_page(self, request: HttpRequest, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        """Show the list, or what a search found, under the banner."""
        context = {
            **self.admin_site.each_context(request),
            **banner(request),
            **shown,
            "title": _("Inbox"),
            "opts": self.opts,
            "can_search": can_open(shown),
        }
        template = "admin/contact/inquiry/change_list.html"
        return TemplateResponse(request, template, context, status=status)


def can_open(lock: dict[str, Any]) -> bool:
    """Say whether names and words can be shown."""
    return bool(lock["is_unlocked"] or not lock["needs_unlocking"])


def counts(now: datetime) -> dict[str, str]:
    """Return how many wait, and how many of them for too long: what there is to do."""
    return {
        name: spoken(counted(rows))
        for name, rows in (("waiting", waiting_inquiries()), ("over", overdue_inquiries(now)))
    }


def choices(
    query: ListQuery, name: str, words: dict[str, Any], numbers: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the links that choose one thing and keep the rest."""
    return [
        {
            "words": label,
            "address": query.but(**{name: value}),
            "is_chosen": getattr(query, name) == value,
            "count": (numbers or {}).get(value, ""),
        }
        for value, label in words.items()
    ]
