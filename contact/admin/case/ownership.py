"""The buttons that say whose case it is, on its page and in the list."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contact.admin.case.case_view import NotDone
from contact.cases import ownership
from contact.cases.ownership import CannotOpen, OwnerChanged
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST = 18  # digits of an account's number


def take(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Make a free case one's own."""
    with _refusals_in_words():
        ownership.take(inquiry, user)
    return _("You have %(reference)s.") % {"reference": inquiry.reference}


def give_back(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Make one's own case free."""
    with _refusals_in_words():
        ownership.give_back(inquiry, user)
    return _("%(reference)s is no colleague's now.") % {"reference": inquiry.reference}


def hand_over(request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Give the case to the chosen colleague, unless it has changed hands since the page was shown."""
    with _refusals_in_words():
        to, seen = _number(request.POST.get("to", "")), request.POST.get("seen", "")
        ownership.hand_over(inquiry, to, user, seen=_number(seen) if seen else None)
    return _("%(reference)s has changed hands.") % {"reference": inquiry.reference}


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except OwnerChanged as error:
        raise NotDone(str(error)) from None
    except (CannotOpen, ValueError):
        raise NotDone(_("Choose a colleague who can open the inbox.")) from None


def _number(text: str) -> int:
    """Return an account's number. Raises ValueError, also for what no database holds."""
    if len(text) > LONGEST:
        raise ValueError("no account has such a number")
    return int(text)
