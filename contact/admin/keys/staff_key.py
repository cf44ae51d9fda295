"""A colleague's own inbox passphrase: choosing it, changing it, and choosing a new one when it is forgotten."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.crypto.passphrase import SHORTEST, PassphraseWeak, PassphraseWrong, normalise
from contact.keys import colleagues
from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import KeyringRefused, KeysMissing
from contact.keys.recovery_paper import PaperWrong
from contact.models import StaffKey
from contact.unlocking import unlocking
from contact.unlocking.tries import TooManyTries

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@admin.register(StaffKey)
class StaffKeyAdmin(RestrictedAdmin):
    """One page, for the colleague who is logged in. No page shows or sets the passphrase of another."""

    right = "contact.change_inquiry"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the state of the passphrase; on POST choose one. What was typed is never sent back."""
        user = cast("User", request.user)
        problem = self.choose(request, user) if request.method == "POST" else ""
        if request.method == "POST" and not problem:
            return HttpResponseRedirect(reverse("admin:contact_staffkey_changelist"))
        staff_key = StaffKey.objects.filter(user=user).first()
        context = {
            "title": _("Your inbox passphrase"),
            "staff_key": staff_key,
            "code": colleagues.check_code(staff_key) if staff_key else "",
            "is_let_in": staff_key and staff_key.grants.exists(),
            "is_last": is_last_opener(user),
            "shortest": SHORTEST,
            "problem": problem,
            "failed": request.POST.get("what", ""),
        }
        return self.render(request, "admin/contact/staff_key.html", context, status=422 if problem else 200)

    def choose(self, request: HttpRequest, user: "User") -> str:
        """Choose the passphrase and return nothing, or return what was wrong with it."""
        new, again = (request.POST.get(name, "") for name in ("new", "again"))
        what = request.POST.get("what", "")
        if normalise(new) != normalise(again):
            return _("The two passphrases are not the same. Type the same one twice.")
        try:
            if what == "change":
                staff_key, private = unlocking.check_passphrase(user, request.POST.get("old", ""))
                colleagues.change_passphrase(staff_key, private, new)
                messages.success(request, _("Your inbox passphrase is changed."))
            elif StaffKey.objects.filter(user=user).exists() and what != "anew":
                return _("You have a passphrase already.")  # two windows: the second must not undo the first
            else:
                staff_key = colleagues.enrol(user, new, request.POST.get("typed", ""))
                is_inside = staff_key.grants.exists()  # the last colleague is let in with the paper
                waits = _("Your inbox passphrase is chosen. Now a keyholder has to let you in.")
                inside = _("Your inbox passphrase is chosen, and the recovery paper has let you in.")
                messages.success(request, inside if is_inside else waits)
        except (PassphraseWeak, PassphraseWrong, KeysMissing, KeyringRefused, PaperWrong, TooManyTries) as error:
            return str(error)
        return ""
