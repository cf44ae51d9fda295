"""What every role is asked. Only the message is required; every answer is a plain text or a fixed word."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.form_fields import EmailField, MessageField, PhoneField, PlainTextField, RadioField
from contact.sender.spam import is_advertising

TRAP = "website"
REACH = [
    ("phone", _("Ring me")),
    ("email", _("Tell me by e-mail that there is an answer here")),
    ("code", _("Only here, with the code")),
]
MISSING = {
    "phone": _("Write the number we should ring, or choose another way."),
    "email": _("Write the address, or choose another way."),
}
# What is asked about one way only. The page puts the others away (form.css); what holds something always shows.
ONLY_FOR = {"email": "email"} | dict.fromkeys(
    ("phone", "when", "may_call", "may_leave_message", "may_text", "if_other"), "phone"
)


class InquiryForm(forms.Form):
    """What every role is asked. Answers do not depend on the language of the page."""

    role: ClassVar[str]
    warning: ClassVar[str | Promise] = ""  # stands right above the first field
    use_required_attribute = False  # the server's own messages are read aloud in the page's language

    message = MessageField(
        label=_("What would you like to tell us or ask?"), help_text=_("A few words are enough.")
    )
    name = PlainTextField(
        longest=100,
        required=False,
        label=_("What may we call you? (optional)"),
        help_text=_("A first name or a made-up name is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "class": "narrow", "spellcheck": "false"}),
    )
    reach = RadioField(
        choices=REACH,
        required=False,
        label=_("How would you like our answer?"),
        help_text=_("You get a code in any case. With it you can read an answer here."),
    )
    phone = PhoneField(label=_("Phone (optional)"), help_text=_("A number that only you answer."))
    email = EmailField(
        label=_("E-mail (optional)"),
        help_text=_("We only write that there is an answer. You read it here, with the code."),
    )
    when = PlainTextField(
        longest=200,
        required=False,
        label=_("When does it suit you? (optional)"),
        help_text=_("For example: weekdays after four."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "true"}),
    )
    # Programs fill in every field; people cannot see this one (class field--trap around it).
    website = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the trap take anything: whatever stands in it is never a reason to refuse."""
        super().__init__(*args, **kwargs)
        self.fields[TRAP].validators = []
        for name, way in ONLY_FOR.items():
            if name in self.fields:
                widget = self.fields[name].widget
                widget.attrs["data-for"] = way
                if isinstance(widget, forms.TextInput):
                    # The placeholder lets the style tell whether a field is empty.
                    widget.attrs["placeholder"] = " "

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        said = super().clean() or self.cleaned_data
        way = said.get("reach", "")
        if way in MISSING and way in said and not said[way]:
            self.add_error(way, MISSING[way])
        return said

    @property
    def answers(self) -> dict[str, str]:
        """The cleaned answers that were given."""
        return {name: text for name, text in self.cleaned_data.items() if text and name != TRAP}

    @property
    def suspicious(self) -> bool:
        """Whether something filled in the field that people cannot see, or the message is full of links."""
        return bool(self.data.get(TRAP)) or is_advertising(self.cleaned_data.get("message", ""))
