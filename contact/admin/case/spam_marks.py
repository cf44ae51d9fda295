"""The buttons that mark a case as spam, and as no spam."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contact.cases import spam_marks
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def mark_spam(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Mark the case as spam."""
    spam_marks.mark_spam(inquiry, user)
    return _("%(reference)s is marked as spam.") % {"reference": inquiry.reference}


def mark_no_spam(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Take the case out of quarantine."""
    spam_marks.mark_no_spam(inquiry, user)
    return _("%(reference)s is no spam.") % {"reference": inquiry.reference}
