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
    asked = references.references_in(words)
    shown = _find_references(request, words, asked, opens=can_open(lock))
    if shown is None and can_open(lock):
        shown = _find_words(request, words, asked)
    if shown is None:
        return list_page(section, request, lock | {"problem": _not_found_while_locked(asked)}, 409)
    return list_page(section, request, lock | shown)


def _not_found_while_locked(asked: list[str]) -> str:
    """Say what was looked up in vain, and what to do. Which words an inquiry has is not known while locked."""
    if asked:
        numbers = {"reference": " / ".join(number.removesuffix("-") for number in asked)}
        nothing = _("No inquiry has the reference number %(reference)s: none that is open, closed or erased.")
        ask = _("Ask to hear it once more, sign by sign.")
        unlock = _("To search for words or a name, unlock the inbox.")
        return f"{nothing % numbers} {ask} {unlock}"
    return _("The inbox is locked, so only reference numbers are looked up. Unlock it to search.")


def _find_references(request: HttpRequest, words: str, asked: list[str], *, opens: bool) -> dict[str, Any] | None:
    """Return the cases with these reference numbers, open, closed or erased; None when there are none."""
    inquiries, erased = _newest(references.inquiries_with(asked)), references.erased_with(asked)
    if not inquiries and not erased:
        return None
    rows, has_names = opened_rows(request, inquiries, inbox_openers_by_name(), opens=opens)
    found = sorted({case.reference for case in (*inquiries, *erased)})
    # Of a first group there may be many.
    reference = asked[0].removesuffix("-") if len(asked) == 1 else ", ".join(found)
    return {"reference": reference, "words": words, "rows": rows, "erased": erased, "has_names": has_names}


def _find_words(request: HttpRequest, words: str, asked: list[str]) -> dict[str, Any] | None:
    """Return what holds these words; None when the inbox has locked itself meanwhile."""
    user = cast("User", request.user)
    try:
        result = searching.search(words, user, opener(request))
    except Locked:
        return None
    newest = _newest(Inquiry.objects.filter(pk__in=result.matches))
    return {
        "result": result,
        "not_a_reference": [number for number in asked if not number.endswith("-")],
        "words": words,
        "newest": searching.NEWEST,
        "per_page": PER_PAGE,
        "rows": inbox_rows(newest, inbox_openers_by_name(), user, timezone.now(), result.matches),
        "has_names": True,
    }


def _newest(inquiries: Any) -> list[Any]:
    rows = with_looks(inquiries.select_related("key").defer("locator", "sender_key"))
    return list(rows.order_by(f"-{NEWEST_FIRST.field}", "-id")[:PER_PAGE])
