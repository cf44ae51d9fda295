"""Unlocking in the admin: the page that takes the inbox passphrase, and the button that locks again."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contact.admin.access.opener import delete_cookie, set_cookie
from contact.admin.access.restricted import RestrictedAdmin
from contact.crypto.passphrase import PassphraseWrong
from contact.keys.keyring import KeysMissing
from contact.models import StaffKey
from contact.unlocking import unlocking
from contact.unlocking.open_paper import close_paper
from contact.unlocking.tries import TooManyTries

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LIST = "admin:contact_inquiry_changelist"


def unlock_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for the passphrase; once it is right, lead back to the inquiry that was to be read."""
    back = _inquiry_in(request)
    user, problem = cast("User", request.user), ""
    if request.method == "POST":
        try:
            cookie = unlocking.unlock(user, request.session.session_key or "", request.POST.get("passphrase", ""))
        except (KeysMissing, PassphraseWrong, TooManyTries) as error:
            problem = str(error)
        else:
            return set_cookie(request, _back_to(request, back), cookie)
    staff_key = StaffKey.objects.filter(user=user).first()
    context = {
        "title": _("Unlock the inbox"),
        "back": back,
        "problem": problem,
        "staff_key": staff_key,
        "is_let_in": staff_key and staff_key.grants.exists(),
        "idle": int(unlocking.IDLE.total_seconds() // 60),
        "longest": int(unlocking.LONGEST.total_seconds() // 3600),
    }
    return section.render(request, "admin/contact/unlock.html", context, status=422 if problem else 200)


@method_decorator(require_POST)
def lock_view(section: RestrictedAdmin, request: HttpRequest) -> HttpResponse:
    """Lock, then show the list, which has no names now. A paper that was typed would open the inbox anew."""
    unlocking.lock(request.session.session_key, cast("User", request.user))
    close_paper(request.session)
    return delete_cookie(HttpResponseRedirect(reverse(LIST)))


def _back_to(request: HttpRequest, inquiry: UUID | None) -> HttpResponse:
    if inquiry:
        return redirect("admin:contact_inquiry_change", inquiry)
    return redirect("admin:contact_grant_changelist" if request.GET.get("then") == "keys" else LIST)


def _inquiry_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("inquiry", ""))
    except ValueError:
        return None


@receiver(user_logged_out)
def lock_at_logout(request: HttpRequest, user: "User | None", **_more: Any) -> None:
    """Lock the inbox when its user logs out. The signal comes before the session is replaced."""
    if user is not None:
        unlocking.lock(request.session.session_key, user)
