"""The search beside the list: its words are in a request's body, and nowhere else.

The response to the POST shows what was found: an address of its own would need the words.
"""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contact.admin.access.opener import lock_state, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.inbox.list import PER_PAGE, can_open, list_page
from contact.admin.inbox.list_query import NEWEST_FIRST
from contact.admin.inbox.rows import inbox_rows
from contact.cases import search as searching
from contact.cases.unread import with_looks
from contact.keys.unlocking import Locked
from contact.models import Inquiry
from contact.permissions import inbox_readers_by_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_LETTERS = 200  # as the field says; a program may send more


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
def search_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Search on POST, and show what was found; a link leads to the list."""
    if request.method != "POST":
        return redirect("admin:contact_inquiry_changelist")
    words = request.POST.get("words", "")[:MOST_LETTERS]
    user, lock = cast("User", request.user), lock_state(request)
    if not can_open(lock):
        return list_page(section, request, lock | {"problem": _("Unlock the inbox first, then search.")}, 409)
    if not words.strip():
        return list_page(section, request, lock | {"problem": _("Write what you look for.")}, 422)
    try:
        result = searching.search(words, user, opener(request))
    except Locked:
        return list_page(section, request, lock | {"problem": _("Unlock the inbox first, then search.")}, 409)
    matching = with_looks(Inquiry.objects.filter(pk__in=result.matches).defer("sealed", "locator", "sender_key"))
    newest = list(matching.order_by(f"-{NEWEST_FIRST.field}", "-id")[:PER_PAGE])
    shown = {
        "result": result,
        "words": words,
        "newest": searching.NEWEST,
        "per_page": PER_PAGE,
        "rows": inbox_rows(newest, inbox_readers_by_name(), user, timezone.now(), result.matches),
        "has_names": True,
    }
    return list_page(section, request, lock | shown)
