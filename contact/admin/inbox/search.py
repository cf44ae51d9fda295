"""The search beside the list: its words are in a request's body, and nowhere else."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.admin.access.opener import lock_state, opener
from contact.admin.inbox.list import PER_PAGE, ListingAdmin, can_open
from contact.admin.inbox.list_query import NEWEST_FIRST
from contact.admin.inbox.rows import rows_of
from contact.admin.keys.unlocking import LIST
from contact.cases import search as searching
from contact.cases.ownership import free_strays
from contact.cases.unread import with_looks
from contact.keys.unlocking import Locked
from contact.models import Inquiry
from contact.permissions import inbox_readers_by_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_LETTERS = 200  # as the field says; a program may send more


class SearchingAdmin(ListingAdmin):
    """What was found is the answer to the POST: an address for it would need the words."""

    def search_urls(self, info: str) -> list[URLPattern]:
        """Return the address of the search."""
        return [path("search/", self.guarded(self.search_view), name=f"{info}_search")]

    def search_view(self, request: HttpRequest) -> HttpResponse:
        """Search, with the words in the request's body alone; show what was found as the answer to it."""
        if request.method != "POST":
            return redirect(LIST) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["POST"])
        words = request.POST.get("words", "")[:MOST_LETTERS]
        user, lock = cast("User", request.user), lock_state(request)
        if not can_open(lock):
            return self.list_page(request, lock | {"problem": _("Unlock the inbox first, then search.")}, 409)
        if not words.strip():
            return self.list_page(request, lock | {"problem": _("Write what you look for.")}, 422)
        try:
            found = searching.search(words, user, opener(request))
        except Locked:
            return self.list_page(request, lock | {"problem": _("Unlock the inbox first, then search.")}, 409)
        matching = with_looks(
            Inquiry.objects.filter(pk__in=found.matches).defer("sealed", "locator", "sender_key")
        )
        people = inbox_readers_by_name()
        free_strays(people)
        first = list(matching.order_by(f"-{NEWEST_FIRST.field}", "-id")[:PER_PAGE])
        shown = {
            "found": found,
            "words": words,
            "newest": searching.NEWEST,
            "per_page": PER_PAGE,
            "rows": rows_of(first, people, user, timezone.now(), found.matches),
            "names": True,
        }
        return self.list_page(request, lock | shown)
