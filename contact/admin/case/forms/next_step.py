"""The form that sets the next step."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from contact.admin.case.forms.against_wishes import CHOOSE, SMALL, AgainstWishesForm
from contact.admin.case.forms.unusual_day import UnusualDayForm
from contact.cases import contact_preferences
from contact.cases.next_step import NextStep, What
from contact.form_fields import ComingMomentField, PlainTextField
from contact.keys.inbox_openers import inbox_openers, inbox_openers_by_name
from contact.models import Inquiry
from contact.permissions import display_name, names_apart


class NextStepForm(UnusualDayForm, AgainstWishesForm):
    """What is to be done next, when, and by whom: a colleague who can open the inbox."""

    prefix = "step"
    against: tuple[str, ...] = ()  # the keys of the wishes that it goes against

    what = forms.ChoiceField(
        choices=CHOOSE + What.choices,
        label=gettext_lazy("What is to be done?"),
        error_messages={"required": gettext_lazy("Choose what is to be done.")},
    )
    at = ComingMomentField(
        label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Choose the day and the time.")}
    )
    owner = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label=gettext_lazy("Who?"),
        error_messages={"invalid_choice": gettext_lazy("Choose a colleague who can open the inbox.")},
    )
    text = PlainTextField(
        longest=1000,
        required=False,
        label=gettext_lazy("What should others know about it? (optional)"),
        widget=forms.Textarea(attrs=SMALL),
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, user: Any, data: QueryDict | None = None) -> None:
        """Offer the colleagues who can open the inbox, oneself first chosen."""
        super().__init__(data)
        names = names_apart(inbox_openers_by_name()).items()
        self.fields["owner"].choices = [("", gettext_lazy("Any colleague")), *names]  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].initial = user.pk

    def clean_at(self) -> datetime | None:
        """Ask about a time that may be a slip of the hand."""
        return self.usual_or_confirmed(self.cleaned_data["at"])

    def what_is_stored(self, inquiry: Inquiry, answers: dict[str, str]) -> NextStep:
        """Return the step as it stands in the thread, with the reason where it needs one."""
        step = self.planned(inquiry, answers)
        return step.with_reason(self.cleaned_data["reason"]) if self.against else step

    def planned(self, inquiry: Inquiry, answers: dict[str, str]) -> NextStep:
        """Return the step, and remember which wishes of the sender it goes against."""
        typed = self.cleaned_data
        self.against = contact_preferences.breached_by_step(answers, inquiry.role, typed["what"])
        self.broken = contact_preferences.describe_preferences(self.against)
        owner = inbox_openers().filter(pk=typed["owner"]).first()
        return NextStep(typed["what"], typed["at"], owner, typed["text"], display_name(owner) if owner else "")
