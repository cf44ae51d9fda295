"""Writing down on a case what was done outside its thread: that somebody rang, or left a message."""

from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.admin.access.opener import opener
from contact.admin.case.drafts import case_again, sees_newest
from contact.admin.case.erased import told_when_erased
from contact.cases import contact_preferences, reading, replies
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.crypto.sealing import SealBroken
from contact.form_fields import PlainTextField
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contact.admin.case.page import InboxAdmin

CHOOSE = [("", gettext_lazy("Choose"))]
SMALL = {"rows": 3, "spellcheck": "true"}


class OutsideForm(forms.Form):
    """What was done, how it went, and where it was not what the sender wished, why."""

    use_required_attribute = False
    prefix = "outside"

    way = forms.ChoiceField(
        choices=CHOOSE + Way.choices,
        label=gettext_lazy("What did you do?"),
        error_messages={"required": gettext_lazy("Choose what you did.")},
    )
    outcome = forms.ChoiceField(
        choices=CHOOSE + Outcome.choices,
        label=gettext_lazy("How did it go?"),
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )
    outside_hours = forms.BooleanField(
        required=False, label=gettext_lazy("It was outside the times that the sender has given")
    )
    text = PlainTextField(
        longest=10_000,
        required=False,
        label=gettext_lazy("What was said, or what others should know (optional)"),
        widget=forms.Textarea(attrs=SMALL),
    )
    reason = PlainTextField(
        longest=1000,
        required=False,
        label=gettext_lazy("Why was it right all the same?"),
        widget=forms.Textarea(attrs=SMALL),
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    broken: list[str] = []  # the wishes that what was typed goes against

    def needs_reason(self) -> bool:
        """Say whether the field for the reason is shown."""
        return bool(self.broken or self.errors.get("reason") or self["reason"].value())


class OutsideWriting:
    """The POST of that form. Nothing is stored against a wish without a reason; every word comes back."""

    @told_when_erased
    def outside_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Store it beside the thread."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry, form = get_object_or_404(Inquiry, pk=pk), OutsideForm(request.POST)
        if not form.is_valid():
            return self.case_page(request, inquiry, 422, outside_form=form)
        saw_newest = sees_newest(request, inquiry)
        try:
            said = _said(form, inquiry, reading.unseal(inquiry, opener(request)(inquiry.key)))
            replies.record_attempt(inquiry, said, cast("User", request.user), form=form.cleaned_data["form"])
        except replies.ReasonMissing:
            form.add_error("reason", _("Say why, and store it once more."))
            return self.case_page(request, inquiry, 422, outside_form=form)
        except (KeysMissing, SealBroken):
            form.add_error(None, _("The inbox does not open, so nothing was stored."))
            return self.case_page(request, inquiry, 409, outside_form=form)
        messages.success(request, _("It is written down, for colleagues only."))
        return case_again(self, request, inquiry, "outside", saw_newest=saw_newest)


def _said(form: OutsideForm, inquiry: Inquiry, answers: dict[str, str]) -> ContactAttempt:
    """Return what was typed, with the wishes it goes against; only then a reason is kept."""
    typed = form.cleaned_data
    broken = contact_preferences.breached_preferences(
        answers, inquiry.role, typed["way"], outside_hours=typed["outside_hours"]
    )
    form.broken = contact_preferences.describe_preferences(broken)
    return ContactAttempt(typed["way"], typed["outcome"], typed["text"], broken, typed["reason"] if broken else "")
