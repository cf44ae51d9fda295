"""The form that writes down a contact attempt."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from contact.admin.case.forms.against_wishes import CHOOSE, SMALL, AgainstWishesForm
from contact.cases import contact_preferences
from contact.cases.contact_attempts import CONVERSATIONS, ContactAttempt, Outcome, Way
from contact.form_fields import PlainTextField
from contact.models import Inquiry


class ContactAttemptForm(AgainstWishesForm):
    """What a colleague did to reach the sender, how it went and, where the sender wished otherwise, why."""

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
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        """Refuse a conversation by text message: it would end the wait of a sender whom no colleague has heard."""
        typed = super().clean() or self.cleaned_data
        if typed.get("outcome") == Outcome.REACHED and typed.get("way", CONVERSATIONS[0]) not in CONVERSATIONS:
            self.add_error(
                "outcome", gettext_lazy("A message is no conversation. Choose “Sent or left”, and go on trying.")
            )
        return typed

    def what_is_stored(self, inquiry: Inquiry, answers: dict[str, str]) -> ContactAttempt:
        """Return the attempt with the wishes it goes against; only then is a reason stored."""
        typed = self.cleaned_data
        broken = contact_preferences.breached_preferences(
            answers, inquiry.role, typed["way"], outside_hours=typed["outside_hours"]
        )
        self.broken = contact_preferences.describe_preferences(broken)
        return ContactAttempt(
            typed["way"], typed["outcome"], typed["text"], broken, typed["reason"] if broken else ""
        )
