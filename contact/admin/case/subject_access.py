"""The buttons for what a person may ask of the clinic: a copy, on paper or as a file, and erasing after a day.

A copy takes a POST: it is logged as a look, and no link may cause one.
"""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contact.admin.access.opener import lock_state, opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.wording.answers import answer_lines
from contact.cases.reading import ThreadEntry
from contact.crypto.sealing import SealBroken
from contact.exports.subject_access import copy_as_data, holds_of, open_copy
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.permissions import display_name
from contact.retention import erasure_requests

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READABLE = {"indent": 2, "ensure_ascii": False}


@case_view("POST")
def give_copy(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Give everything that is kept, as a page to print or, with `as=file`, as a file."""
    try:
        answers, thread = open_copy(inquiry, cast("User", request.user), opener(request))
    except (KeysMissing, SealBroken):
        messages.error(request, _("This inquiry does not open now, so there is no copy."))
        return redirect("admin:contact_inquiry_change", inquiry.pk)
    if request.POST.get("as") == "file":
        response = JsonResponse(copy_as_data(inquiry, answers, thread), json_dumps_params=READABLE)
        response["Content-Disposition"] = f'attachment; filename="{inquiry.reference}.json"'
        response["Cache-Control"] = "no-store"
        return response
    return _copy_to_print(section, request, inquiry, answers, thread)


@case_view("GET", "HEAD", "POST")
def erase(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Ask once more, and then let the inquiry be erased when the grace is over."""
    to_case = redirect("admin:contact_inquiry_change", inquiry.pk)
    lock = lock_state(request)
    if lock["needs_unlocking"] and not lock["is_unlocked"]:
        messages.error(request, _("Unlock the inbox first, and read the inquiry."))
        return to_case
    if request.method != "POST":
        context = {
            "title": _("Erase inquiry %(reference)s?") % {"reference": inquiry.reference},
            "inquiry": inquiry,
        }
        return section.render(request, "admin/contact/case/erase.html", context)
    try:
        due = erasure_requests.ask_to_erase(inquiry, cast("User", request.user)).due_at
    except erasure_requests.OnLegalHold:
        messages.error(request, _("It is kept for a reason. Release it first."))
    except erasure_requests.NotRead:
        messages.error(request, _("You can only erase what you have read yourself. Read the inquiry first."))
    except erasure_requests.TooManyRequests:
        words = _("You have asked for %(count)d inquiries to be erased in a day. Ask a colleague, or wait a day.")
        messages.error(request, words % {"count": erasure_requests.MOST_A_DAY})
    else:
        words = _("%(reference)s is erased after %(when)s. Until then you or a colleague can stop it here.")
        when = date_format(timezone.localtime(due), "DATETIME_FORMAT")
        messages.success(request, words % {"reference": inquiry.reference, "when": when})
    return to_case


def stop_erasing(_request: HttpRequest, inquiry: Inquiry, user: "User") -> str:
    """Keep an inquiry that was to be erased."""
    erasure_requests.stop_erasing(inquiry, user)
    return _("%(reference)s is not erased.") % {"reference": inquiry.reference}


def _copy_to_print(
    section: RestrictedAdmin,
    request: HttpRequest,
    inquiry: Inquiry,
    answers: dict[str, str],
    thread: list[ThreadEntry],
) -> HttpResponse:
    context = {
        "title": _("Copy of inquiry %(reference)s") % {"reference": inquiry.reference},
        "inquiry": inquiry,
        "owner": display_name(inquiry.owner) if inquiry.owner else "",
        "holds": holds_of(inquiry),
        "lines": answer_lines(answers, inquiry.role),
        "thread": thread,
        "for_the_person": True,
    }
    headers = {"Cache-Control": "no-store"}
    return section.render(request, "admin/contact/case/copy.html", context, headers=headers)
