"""The buttons that unlock and lock the inbox in the middle of writing on a case; nothing typed is lost."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from contact.admin.access.opener import delete_cookie, opener, set_cookie
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.page import case_page
from contact.crypto.passphrase import PassphraseWrong
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.unlocking import unlocking
from contact.unlocking.tries import TooManyTries

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("POST")
def lock_case(_section: RestrictedAdmin, request: HttpRequest, _inquiry: Inquiry) -> HttpResponse:
    """Lock the inbox, and lead to the list: what was begun on the case is kept (`case_view`)."""
    unlocking.lock(request.session.session_key, cast("User", request.user))
    return delete_cookie(redirect("admin:contact_inquiry_changelist"))


@case_view("POST")
def keep_draft(_section: RestrictedAdmin, _request: HttpRequest, _inquiry: Inquiry) -> HttpResponse:
    """Answer a script that sends the form while the colleague writes: it is kept by now (`case_view`)."""
    return HttpResponse(status=204)


@case_view("POST")
def unlock_case(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Show the case again with all that is typed on it, unlocked when a passphrase came with it."""
    passphrase = request.POST.get("passphrase", "")
    if not passphrase:
        return case_page(section, request, inquiry)
    try:
        cookie = unlocking.unlock(cast("User", request.user), request.session.session_key or "", passphrase)
    except (KeysMissing, PassphraseWrong, TooManyTries) as error:
        return case_page(section, request, inquiry, 422, unlock_problem=str(error))
    page = case_page(section, request, inquiry, fresh_opener=opener(request, cookie), is_unlocked=True)
    return set_cookie(request, page, cookie)
