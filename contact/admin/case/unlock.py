"""The button of a case that unlocks the inbox in the middle of writing, and loses nothing that is typed."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse

from contact.admin.access.opener import opener, set_cookie
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.page import case_page
from contact.crypto.passphrase import PassphraseWrong
from contact.keys import unlocking
from contact.keys.keyring import KeysMissing
from contact.keys.unlock_tries import TooManyTries
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
    return set_cookie(page, cookie)
