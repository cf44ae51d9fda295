"""Buttons on an inquiry's page that decide whether it may be erased."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.buttons import NotDone, Step, button_urls
from contact.admin.case.drafts import CasePages, case_again, words_in
from contact.models import Hold, Inquiry
from contact.retention import legal_holds
from contact.retention import schedule as retention

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def hold_of(inquiry: Inquiry) -> dict[str, Any]:
    """Return the hold that is on an inquiry, if one is, and the reasons to choose from."""
    held = Hold.objects.filter(inquiry=inquiry, released_at=None).select_related("placed_by").first()
    return {
        "held": held,
        "hold_reasons": Hold.Reason.choices,
        "is_thread": retention.is_thread(inquiry),
        "spam_days": settings.QUARANTINE_RETENTION_DAYS,
    }


class HoldingAdmin(RestrictedAdmin):
    """Hold, release, and mark as spam or not.

    Afterwards the list, as the inquiry would be opened once more; but its page while something is typed there.
    """

    def hold_urls(self, info: str) -> list[URLPattern]:
        """Return one address for each button."""
        steps: dict[str, Step] = {
            "hold": self.hold,
            "release": self.release,
            "spam": self.spam,
            "not-spam": self.not_spam,
        }
        return button_urls(self, info, steps, back_from_holding)

    def hold(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Keep it from being erased."""
        try:
            legal_holds.hold(inquiry, request.POST.get("reason", ""), user)
        except ValueError:
            raise NotDone(_("Choose one of the reasons.")) from None
        return _("%(reference)s is kept until somebody releases it.") % {"reference": inquiry.reference}

    def release(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Let it be erased again."""
        legal_holds.release(inquiry, user)
        return _("%(reference)s is erased again when its time is over.") % {"reference": inquiry.reference}

    def spam(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Mark it as spam."""
        legal_holds.is_spam(inquiry, user)
        return _("%(reference)s is marked as spam.") % {"reference": inquiry.reference}

    def not_spam(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Take it out of quarantine."""
        legal_holds.is_no_spam(inquiry, user)
        return _("%(reference)s is no spam.") % {"reference": inquiry.reference}


def back_from_holding(section: CasePages, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Lead to the list, but to the case while something is typed there."""
    if words_in(request.POST):
        return case_again(section, request, inquiry)
    return redirect("admin:contact_inquiry_changelist")
