"""Buttons on an inquiry's page that decide whether it may be erased."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from contact import holds, retention
from contact.admin.closed import ClosedAdmin
from contact.admin.drafts import CasePages, case_again, words_in
from contact.admin.erased import told_when_erased
from contact.models import Hold, Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Step = Callable[[HttpRequest, Inquiry, "User"], str]


def hold_of(inquiry: Inquiry) -> dict[str, Any]:
    """Return the hold that is on an inquiry, if one is, and the reasons to choose from."""
    held = Hold.objects.filter(inquiry=inquiry, released_at=None).select_related("placed_by").first()
    return {
        "held": held,
        "hold_reasons": Hold.Reason.choices,
        "is_thread": retention.is_thread(inquiry),
        "spam_days": settings.QUARANTINE_RETENTION_DAYS,
    }


class HoldingAdmin(ClosedAdmin):
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
        return [
            path(f"<uuid:pk>/{name}/", self.guarded(self.button(do)), name=f"{info}_{name.replace('-', '_')}")
            for name, do in steps.items()
        ]

    def button(self, do: Step) -> Callable[[HttpRequest, UUID], HttpResponse]:
        """Return the view of a button; it takes only a POST."""

        @told_when_erased
        def view(section: ClosedAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            inquiry = get_object_or_404(Inquiry.objects.defer("sealed"), pk=pk)
            try:
                messages.success(request, do(request, inquiry, cast("User", request.user)))
            except ValueError:
                messages.error(request, _("Choose one of the reasons."))
            if words_in(request.POST):
                return case_again(cast(CasePages, section), request, inquiry)
            return redirect("admin:contact_inquiry_changelist")

        return partial(view, self)

    def hold(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Keep it from being erased."""
        holds.hold(inquiry, request.POST.get("reason", ""), user)
        return _("%(reference)s is kept until somebody releases it.") % {"reference": inquiry.reference}

    def release(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Let it be erased again."""
        holds.release(inquiry, user)
        return _("%(reference)s is erased again when its time is over.") % {"reference": inquiry.reference}

    def spam(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Mark it as spam."""
        holds.is_spam(inquiry, user)
        return _("%(reference)s is marked as spam.") % {"reference": inquiry.reference}

    def not_spam(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Take it out of quarantine."""
        holds.is_no_spam(inquiry, user)
        return _("%(reference)s is no spam.") % {"reference": inquiry.reference}
