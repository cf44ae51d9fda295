"""Buttons that say whose case it is, on its page and in the list."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.buttons import NotDone, Step, button_urls
from contact.admin.case.drafts import CasePages, case_again
from contact.admin.inbox.list_query import ListQuery
from contact.admin.inbox.rows import due_of
from contact.admin.keys.unlocking import LIST
from contact.cases import ownership
from contact.cases.ownership import NotAReader, Taken
from contact.models import Inquiry
from contact.permissions import display_name, inbox_readers_by_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST = 18  # digits


def owner_of(inquiry: Inquiry, user: "User") -> dict[str, Any]:
    """Return whose case it is, the colleagues it can be handed to, and until when it should be answered."""
    people = inbox_readers_by_name()
    ownership.free_strays(people)
    names = {one.pk: display_name(one) for one in people}
    return {
        "owner": names.get(inquiry.owner_id or 0, ""),
        "is_mine": inquiry.owner_id == user.pk,
        "colleagues": [(pk, name) for pk, name in names.items() if pk != inquiry.owner_id],
        **due_of(inquiry, timezone.now()),
    }


class OwningAdmin(RestrictedAdmin):
    """Take, give back, hand over: each a POST, and then the page where the button was."""

    def owner_urls(self, info: str) -> list[URLPattern]:
        """Return one address for each button."""
        steps: dict[str, Step] = {"take": self.take, "give-back": self.give_back, "hand-over": self.hand_over}
        return button_urls(self, info, steps, back_to)

    def take(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Make nobody's case one's own."""
        with told_who_has_it():
            ownership.take(inquiry, user)
        return _("You have %(reference)s.") % {"reference": inquiry.reference}

    def give_back(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Make one's own case nobody's."""
        with told_who_has_it():
            ownership.give_back(inquiry, user)
        return _("%(reference)s is nobody's now.") % {"reference": inquiry.reference}

    def hand_over(self, request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
        """Give it to the colleague who was chosen, unless it has changed hands since the page was shown."""
        with told_who_has_it():
            to, seen = _number(request.POST.get("to", "")), request.POST.get("seen", "")
            ownership.hand_over(inquiry, to, user, seen=_number(seen) if seen else None)
        return _("%(reference)s has changed hands.") % {"reference": inquiry.reference}


@contextmanager
def told_who_has_it() -> Iterator[None]:
    """Say whose case it is now, or that a colleague must be chosen."""
    try:
        yield
    except Taken as error:
        raise NotDone(str(error)) from None
    except (NotAReader, ValueError):
        raise NotDone(_("Choose a colleague who reads inquiries.")) from None


def _number(text: str) -> int:
    """Return an account's number. Raises ValueError, also for what no database holds."""
    if len(text) > LONGEST:
        raise ValueError("no account has such a number")
    return int(text)


def back_to(section: CasePages, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Lead back to the case, or to the list as it was narrowed; never to an address that somebody made up."""
    if "list" not in request.POST:
        return case_again(section, request, inquiry)
    query = ListQuery.read(QueryDict(request.POST["list"])) or ListQuery()
    return HttpResponseRedirect(f"{reverse(LIST)}?{query}".removesuffix("?"))
