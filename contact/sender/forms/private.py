"""What patients and relatives are asked: another person may answer their telephone, or see its screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.form_fields import PlainTextField, RadioField
from contact.sender.forms.inquiry import InquiryForm

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
RELATIONS = [
    ("child", _("My child")),
    ("parent", _("My mother or father")),
    ("partner", _("My partner")),
    ("sibling", _("My sister or brother")),
    ("friend", _("A friend")),
    ("other", _("Another person")),
]

NO_CALL = _("Above you ask us to ring you, and here you say no to it. Which one is right?")
NO_CALL_BUT_MESSAGE = _(
    "You say that we may not call you, and here that we may leave a message. We can leave one only when we call. "
    "Which one is right?"
)
# What a sender who wants the answer only here cannot also say yes to.
ONLY_WITH_CODE = {
    "may_call": _(
        "Above you want the answer only here, with the code, and here you say that we may call. "
        "Which one is right?"
    ),
    "may_leave_message": _(
        "Above you want the answer only here, with the code, and here you say that we may leave a message. "
        "Which one is right?"
    ),
    "may_text": _(
        "Above you want the answer only here, with the code, and here you say that we may send a text message. "
        "Which one is right?"
    ),
}


class PrivateForm(InquiryForm):
    """Adds, beside the telephone number, whether we may call, text or leave a message."""

    may_call = RadioField(choices=YES_NO, required=False, label=_("May we call you?"))
    may_text = RadioField(
        choices=YES_NO,
        required=False,
        label=_("May we send you a text message?"),
        help_text=_("It would only ask you to ring us. It can show on a locked screen."),
    )
    if_other = PlainTextField(
        longest=200,
        required=False,
        label=_("What should we say if another person answers? (optional)"),
        help_text=_("If you write nothing, we do not say where we ring from."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "true"}),
    )
    may_leave_message = RadioField(
        choices=YES_NO,
        required=False,
        label=_("May we leave a message if you do not answer?"),
        help_text=_("Another person may hear it or see it."),
    )
    field_order = [
        "message", "relation", "name", "reach", "phone", "may_call", "may_leave_message", "may_text", "if_other",
        "when", "email",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask about wishes that contradict each other: staff would have to guess, and may guess wrong."""
        cleaned = super().clean()
        way, may_call = cleaned.get("reach"), cleaned.get("may_call")
        if way == "code":
            for name in [name for name in ONLY_WITH_CODE if cleaned.get(name) == "yes"]:
                self.add_error(name, ONLY_WITH_CODE[name])
        elif way == "phone" and may_call == "no":
            self.add_error("may_call", NO_CALL)
        elif may_call == "no" and cleaned.get("may_leave_message") == "yes":
            self.add_error("may_leave_message", NO_CALL_BUT_MESSAGE)
        return cleaned


class PatientForm(PrivateForm):
    """For a person who needs help."""

    role = "patient"


class RelativeForm(PrivateForm):
    """For a relative or a friend of a person who needs help."""

    role = "relative"
    relation = RadioField(choices=RELATIONS, required=False, label=_("Who is it about? (optional)"))
