"""The button that writes down a contact outside the thread: a call, a message, a visit."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from contact.admin.access.opener import opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import sees_newest
from contact.admin.case.forms.contact_attempt import ContactAttemptForm
from contact.admin.case.page import case_again, case_page
from contact.cases import reading
from contact.cases.contact_preferences import ReasonMissing
from contact.cases.writing import notes
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@case_view("POST")
def log_contact_attempt(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Store it beside the thread. What goes against a wish of the sender needs a reason."""
    form = ContactAttemptForm(request.POST)
    if not form.is_valid():
        return case_page(section, request, inquiry, 422, attempt_form=form)
    saw_newest = sees_newest(request, inquiry)
    try:
        attempt = form.what_is_stored(inquiry, reading.unseal(inquiry, opener(request)(inquiry.key)))
        notes.record_attempt(inquiry, attempt, cast("User", request.user), form=form.cleaned_data["form"])
    except ReasonMissing:
        form.add_error("reason", _("Say why, and store it once more."))
        return case_page(section, request, inquiry, 422, attempt_form=form)
    except (KeysMissing, SealBroken):
        form.add_error(None, _("The inbox does not open, so nothing was stored."))
        return case_page(section, request, inquiry, 409, attempt_form=form)
    messages.success(request, _("It is written down, for colleagues only."))
    return case_again(section, request, inquiry, "outside", saw_newest=saw_newest)
