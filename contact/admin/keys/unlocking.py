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

from contact.admin.access.opener import delete_cookie, opener, set_cookie
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.erased import told_when_erased
from contact.crypto.passphrase import PassphraseWrong
from contact.keys import unlocking
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry, StaffKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contact.admin.case.page import InboxAdmin

LIST = "admin:contact_inquiry_changelist"


class UnlockingAdmin(RestrictedAdmin):
    """What the inbox needs to be unlocked by the person in front of it."""

    def unlock_urls(self, info: str) -> list[URLPattern]:
        """Return the page and the button."""
        return [
            path("unlock/", self.guarded(self.unlock_view), name=f"{info}_unlock"),
            path("lock/", self.guarded(self.lock_view), name=f"{info}_lock"),
        ]

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
                return set_cookie(_back_to(request, back), cookie)
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
        page = self.case_page(request, inquiry, opener=opener(request, cookie), is_unlocked=True)
        return set_cookie(page, cookie)

    def lock_view(self, request: HttpRequest) -> HttpResponse:
        """Lock, then show the list, which names nobody."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        unlocking.lock(request.session.session_key, cast("User", request.user))
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
    """Lock with the logout; the session is still the old one here."""
    if user is not None:
        unlocking.lock(request.session.session_key, user)
