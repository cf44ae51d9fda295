"""The buttons that mark a case: kept from being erased, spam; and those that take the mark away."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contact.admin.case.case_view import NotDone
from contact.cases import status
from contact.models import Inquiry
from contact.retention import legal_holds

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def hold(request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Keep the case from being erased, for the chosen reason."""
    try:
        legal_holds.hold(inquiry, request.POST.get("reason", ""), user)
    except ValueError:
        raise NotDone(_("Choose one of the reasons.")) from None
    return _("%(reference)s is kept until a colleague releases it.") % {"reference": inquiry.reference}


def release(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Let the case be erased again."""
    legal_holds.release(inquiry, user)
    return _("%(reference)s is erased again when its time is over.") % {"reference": inquiry.reference}


def mark_spam(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Mark the case as spam."""
    status.mark_spam(inquiry, user)
    return _("%(reference)s is marked as spam.") % {"reference": inquiry.reference}


def mark_no_spam(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Take the case out of quarantine."""
    status.mark_no_spam(inquiry, user)
    return _("%(reference)s is no spam.") % {"reference": inquiry.reference}
