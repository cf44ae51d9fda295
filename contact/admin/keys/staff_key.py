"""A colleague's own inbox passphrase: choosing it, changing it, and choosing a new one when it is forgotten."""

from typing import TYPE_CHECKING, Any, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.keys.openers import paper_opener
from contact.crypto.offered_words import offer_passphrase
from contact.crypto.passphrase import SHORTEST, PassphraseWeak, PassphraseWrong, normalise
from contact.keys import colleagues, staff_keys
from contact.keys.inbox_openers import is_last_opener
from contact.keys.keyring import KeyringRefused, KeysMissing
from contact.keys.recovery_paper import PaperWrong
from contact.models import StaffKey
from contact.permissions import holds_right
from contact.unlocking import unlocking
from contact.unlocking.open_paper import open_until
from contact.unlocking.tries import TooManyTries, take_choice

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REFUSALS = (PassphraseWeak, PassphraseWrong, KeysMissing, KeyringRefused, PaperWrong, TooManyTries)


@admin.register(StaffKey)
class StaffKeyAdmin(RestrictedAdmin):
    """One page, for the colleague who is logged in. No page shows or sets the passphrase of another."""

    right = "contact.change_inquiry"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the state of the passphrase; on POST choose one. What was typed is never sent back."""
        user, problem, code = cast("User", request.user), "", ""
        if request.method == "POST":
            try:
                code = self.choose(request, user)
            except REFUSALS as error:
                problem = str(error)
            else:
                if not code:
                    return HttpResponseRedirect(reverse("admin:contact_staffkey_changelist"))
        staff_key = StaffKey.objects.filter(user=user).first()
        asked = request.POST.get("what", request.GET.get("what", ""))
        anew = asked if staff_key and asked in ("change", "anew") and not code else ""
        context = {
            "title": _("Choose another passphrase") if anew else _("Your inbox passphrase"),
            "anew": anew,
            "staff_key": staff_key,
            "code": code,
            "is_let_in": staff_key and staff_key.grants.exists(),
            "is_last": is_last_opener(user),
            "is_keyholder": holds_right(user, "contact.change_grant"),
            "shortest": SHORTEST,
            "offered": offer_passphrase(),
            "paper_open_until": open_until(request.session),
            "problem": problem,
            "failed": request.POST.get("what", ""),
        }
        return self.render(request, "admin/contact/staff_key.html", context, status=422 if problem else 200)

    def choose(self, request: HttpRequest, user: "User") -> str:
        """Do what was asked for, and return the code to read out, of a key that is at hand; else nothing."""
        what, old, new = (request.POST.get(name, "") for name in ("what", "old", "new"))
        if what == "code":
            return staff_keys.check_code(_public_half(unlocking.check_passphrase(user, old)[1]))
        if normalise(new) != normalise(request.POST.get("again", "")):
            raise PassphraseWeak(_("The two passphrases are not the same. Type the same one twice."))
        if what == "change":
            opened = unlocking.check_passphrase(user, old)
            take_choice(user)
            staff_keys.change_passphrase(*opened, new)
            request.session.cycle_key()  # every session has ended, this one too: it goes on under another key
            messages.success(request, _("Your inbox passphrase is changed. Unlock the inbox with the new one."))
            return ""
        if what != "anew" and StaffKey.objects.filter(user=user).exists():
            raise KeyringRefused(_("You have a passphrase already."))  # two windows: the second undoes nothing
        take_choice(user)
        staff_key = colleagues.enrol(user, new, paper_opener(request))
        if staff_key.grants.exists():
            messages.success(request, _("Your inbox passphrase is chosen, and the recovery paper has let you in."))
            return ""
        return staff_keys.check_code(bytes(staff_key.public_key))


def _public_half(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()
