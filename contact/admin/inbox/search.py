"""The search beside the list: its words are in a request's body, and nowhere else.

The response to the POST shows what was found: an address of its own would need the words. What reads as a
reference number is looked up first, also while the inbox is locked; all else is searched for in what was written.
"""

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contact import references
from contact.admin.access.opener import lock_state, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.inbox.list import PER_PAGE, can_open, list_page, opened_rows
from contact.admin.inbox.list_query import NEWEST_FIRST
from contact.admin.inbox.rows import inbox_rows
from contact.cases import search as searching
from contact.cases.unread import with_looks
from contact.keys.inbox_openers import inbox_openers_by_name
from contact.models import Inquiry
from contact.unlocking.unlocking import Locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_LETTERS = 200  # as the field says; a program may send more


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
def search_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Search on POST, and show what was found; a link leads to the list."""
    if request.method != "POST":
        return redirect("admin:contact_inquiry_changelist")
    words = request.POST.get("words", "")[:MOST_LETTERS]
    lock = lock_state(request)
    if not searching.words_to_find(words):
        return list_page(section, request, lock | {"problem": _("Write what you look for.")}, 422)
    shown = _find_reference(request, words, opens=can_open(lock))
    if shown is None and can_open(lock):
        shown = _find_words(request, words)
    if shown is None:
        problem = _("The inbox is locked, so only a whole reference number is looked up. Unlock it to search.")
        return list_page(section, request, lock | {"problem": problem}, 409)
    return list_page(section, request, lock | shown)


def _find_reference(request: HttpRequest, words: str, *, opens: bool) -> dict[str, Any] | None:
    """Return the cases with this reference number, open, closed or erased; None when there are none."""
    reference = references.parse_reference(words)
    inquiries, erased = _newest(references.inquiries_with(reference)), references.erased_with(reference)
    if not inquiries and not erased:
        return None
    rows, has_names = opened_rows(request, inquiries, inbox_openers_by_name(), opens=opens)
    return {"reference": reference, "words": words, "rows": rows, "erased": erased, "has_names": has_names}


def _find_words(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Return what holds these words; None when the inbox has locked itself meanwhile."""
    user = cast("User", request.user)
    try:
        result = searching.search(words, user, opener(request))
    except Locked:
        return None
    newest = _newest(Inquiry.objects.filter(pk__in=result.matches))
    return {
        "result": result,
        "words": words,
        "newest": searching.NEWEST,
        "per_page": PER_PAGE,
        "rows": inbox_rows(newest, inbox_openers_by_name(), user, timezone.now(), result.matches),
        "has_names": True,
    }


def _newest(inquiries: Any) -> list[Any]:
    rows = with_looks(inquiries.select_related("key").defer("locator", "sender_key"))
    return list(rows.order_by(f"-{NEWEST_FIRST.field}", "-id")[:PER_PAGE])
