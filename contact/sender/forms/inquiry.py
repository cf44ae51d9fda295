"""What every role is asked. Only the message is required; each answer is plain text or a value from a list."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.form_fields import EmailField, MessageField, PhoneField, PlainTextField, RadioField
from contact.phone_numbers import holds_phone_number
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
NO_NUMBER = _(
    "This does not look like a telephone number. A Norwegian number has eight digits. "
    "A number from another country begins with + and the code of the country."
)
# Fields that belong to one way to answer. The page hides those of the other ways (form.css), unless filled in.
ONLY_FOR = {"email": "email"} | dict.fromkeys(
    ("phone", "when", "may_call", "may_leave_message", "may_text", "if_other"), "phone"
)


class InquiryForm(forms.Form):
    """What every role is asked. The stored answers do not depend on the language of the page."""

    role: ClassVar[str]
    warning: ClassVar[str | Promise] = ""  # shown right above the first field
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
    # A trap: programs fill in every field, and visitors cannot see this one (class field--trap around it).
    website = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Accept anything in the trap: a filled trap is never a reason to refuse the form."""
        super().__init__(*args, **kwargs)
        self.fields[TRAP].validators = []
        for name, way in ONLY_FOR.items():
            if name in self.fields:
                widget = self.fields[name].widget
                widget.attrs["data-for"] = way
                if isinstance(widget, forms.TextInput):
                    # With a placeholder, CSS can tell whether a field is empty.
                    widget.attrs["placeholder"] = " "

    def clean(self) -> dict[str, Any]:
        """Require the number or the address that the chosen way to answer needs."""
        cleaned = super().clean() or self.cleaned_data
        way = cleaned.get("reach", "")
        if way in MISSING and way in cleaned and not cleaned[way]:
            self.add_error(way, MISSING[way])
        elif way == "phone" and "phone" in cleaned and not holds_phone_number(cleaned["phone"]):
            self.add_error("phone", NO_NUMBER)
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """The cleaned answers, without the empty ones and the trap."""
        return {name: text for name, text in self.cleaned_data.items() if text and name != TRAP}

    @property
    def typed_answers(self) -> list[tuple[str, str]]:
        """Label and words of each filled field, for a page on which they can be checked, copied or read aloud."""
        typed = []
        for name in self.fields:
            words = self[name].value()
            if words and name != TRAP:
                choices = dict(getattr(self.fields[name], "choices", ()))
                typed.append((str(self.fields[name].label), str(choices.get(words, words))))
        return typed

    @property
    def names_no_way(self) -> bool:
        """Whether the sender chose no way to answer, and gave no number and no address."""
        return not any(self[name].value() for name in ("reach", "phone", "email"))

    @property
    def is_suspicious(self) -> bool:
        """Whether the trap is filled in or the message is full of links."""
        return bool(self.data.get(TRAP)) or is_advertising(self.cleaned_data.get("message", ""))
