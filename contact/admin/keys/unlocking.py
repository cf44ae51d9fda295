"""Unlocking in the admin: the page, the lock button, and what opens an inquiry for whoever is logged in."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from contact.admin.access.restricted import ClosedAdmin
from contact.admin.case.erased import told_when_erased
from contact.crypto.passphrase import PassphraseWrong
from contact.keys import keyring, unlocking
from contact.keys.keyring import KeysMissing, Opener, open_with_server_grant
from contact.models import Inquiry, StaffKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contact.admin.case.page import InboxAdmin

COOKIE = "__Host-inbox"  # the half of the key that is not in the database
LIST = "admin:contact_inquiry_changelist"


class UnlockingAdmin(ClosedAdmin):
    """What the inbox needs to be unlocked by the person in front of it."""

    def unlock_urls(self, info: str) -> list[URLPattern]:
        """Return the page and the button."""
        return [
            path("unlock/", self.guarded(self.unlock_view), name=f"{info}_unlock"),
            path("lock/", self.guarded(self.lock_view), name=f"{info}_lock"),
        ]

    def opener(self, request: HttpRequest) -> Opener:
        """Return what opens inquiries for this person: the server while it can, then only what they unlocked."""
        return open_with_server_grant if keyring.server_can_open() else own_opener(request)

    def lock_state(self, request: HttpRequest) -> dict[str, Any]:
        """Say for a template whether names and words can be shown, and to whom."""
        return {"needs_unlocking": not keyring.server_can_open(), "is_unlocked": is_unlocked(request)}

    def unlock_view(self, request: HttpRequest) -> HttpResponse:
        """Take the passphrase; then lead back to the inquiry that was to be read."""
        back = _inquiry_in(request)
        user, problem = cast("User", request.user), ""
        if request.method == "POST":
            try:
                cookie = unlocking.unlock(
                    user, request.session.session_key or "", request.POST.get("passphrase", "")
                )
            except (KeysMissing, PassphraseWrong, unlocking.TooManyTries) as error:
                problem = str(error)
            else:
                return _carrying(cookie, _back_to(request, back))
        staff_key = StaffKey.objects.filter(user=user).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unlock the inbox"),
            "opts": self.opts,
            "back": back,
            "problem": problem,
            "staff_key": staff_key,
            "is_let_in": staff_key and staff_key.grants.exists(),
            "idle": int(unlocking.IDLE.total_seconds() // 60),
            "longest": int(unlocking.LONGEST.total_seconds() // 3600),
        }
        return TemplateResponse(request, "admin/contact/unlock.html", context, status=422 if problem else 200)

    @told_when_erased
    def again_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show a case again with all that is typed on it, unlocked when a passphrase came with it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry, pk=pk)
        user, passphrase = cast("User", request.user), request.POST.get("passphrase", "")
        if not passphrase:
            return self.case_page(request, inquiry)
        try:
            cookie = unlocking.unlock(user, request.session.session_key or "", passphrase)
        except (KeysMissing, PassphraseWrong, unlocking.TooManyTries) as error:
            return self.case_page(request, inquiry, 422, unlock_problem=str(error))
        request.COOKIES[COOKIE] = cookie
        return _carrying(cookie, self.case_page(request, inquiry))

    def lock_view(self, request: HttpRequest) -> HttpResponse:
        """Lock, then show the list, which names nobody."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        unlocking.lock(request.session.session_key, cast("User", request.user))
        response = HttpResponseRedirect(reverse(LIST))
        response.delete_cookie(COOKIE, samesite="Strict")
        return response


def own_opener(request: HttpRequest) -> Opener:
    """Return how the person who is logged in opens with their own key."""
    cookie = request.COOKIES.get(COOKIE, "")
    return unlocking.opener_for(cast("User", request.user), request.session.session_key, cookie)


def is_unlocked(request: HttpRequest) -> bool:
    """Say whether this person has unlocked the inbox in this browser. Looking at the inbox counts as use."""
    cookie = request.COOKIES.get(COOKIE, "")
    return unlocking.in_use(cast("User", request.user), request.session.session_key, cookie)


def _carrying(cookie: str, response: HttpResponse) -> HttpResponse:
    # Strict: no other site's link or form ever carries it. A link in a mail shows a locked inbox;
    # the next click is ours again.
    response.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Strict")
    return response


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
    """Lock with the logout; the session is still the old one here."""
    if user is not None:
        unlocking.lock(request.session.session_key, user)
