"""What referrers are asked. They may ask a question here; they never refer a patient, and never name one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.form_fields import EmailField, MessageField, PhoneField, PlainTextField
from contact.sender.forms.inquiry import InquiryForm


class ReferrerForm(InquiryForm):
    """For a doctor, social services, a hospital unit.

    A referrer is not asked whether we may call or leave a message: a number at work is given to be rung, and a
    message heard by a colleague there reveals no patient, because the inquiry names none.
    """

    role = "referrer"
    warning = _(
        "This form is only for questions. We cannot receive a referral here. Write nothing that can show "
        "who a patient is: no name, no date of birth and no national identity number."
    )

    message = MessageField(
        label=_("What would you like to ask?"),
        help_text=_("Ask in general terms. Write nothing about one particular patient."),
    )
    workplace = PlainTextField(
        longest=200,
        required=False,
        label=_("Where do you work? (optional)"),
        help_text=_("For example: a doctor's office, NAV or a hospital ward."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "spellcheck": "false"}),
    )
    name = PlainTextField(
        longest=100,
        required=False,
        label=_("Your own name (optional)"),
        help_text=_("Never the name of a patient."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "narrow", "spellcheck": "false"}),
    )
    phone = PhoneField(label=_("Phone (optional)"), help_text=_("Your number at work is fine."))
    email = EmailField(
        label=_("E-mail (optional)"),
        help_text=_("We only write that there is an answer. You read it here, with the code."),
    )
    field_order = ["message", "workplace", "name", "reach", "phone", "when", "email"]
