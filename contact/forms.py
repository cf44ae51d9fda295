"""What each role is asked. Only the message is required; every answer is a plain text or a fixed word."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.form_fields import Address, Choice, Words

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
TRAP = "website"


class InquiryForm(forms.Form):
    """What every role is asked. Answers do not depend on the language of the page."""

    role: ClassVar[str]
    use_required_attribute = False  # the server's own messages are read aloud in the page's language

    message = Words(
        longest=10_000,
        label=_("What would you like to tell us or ask?"),
        help_text=_("A few words are enough."),
        error_messages={"required": _("Write a few words about what you would like to ask.")},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
    )
    name = Words(
        longest=100,
        required=False,
        label=_("What may we call you? (optional)"),
        help_text=_("A first name or a made-up name is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "class": "narrow", "spellcheck": "false"}),
    )
    phone = Words(
        longest=50,
        required=False,
        label=_("Phone (optional)"),
        help_text=_("A number that only you answer."),
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "narrow", "spellcheck": "false"}
        ),
    )
    may_call = Choice(choices=YES_NO, required=False, label=_("May we call you?"))
    may_leave_message = Choice(
        choices=YES_NO,
        required=False,
        label=_("May we leave a message if you do not answer?"),
        help_text=_("Somebody else may hear it or see it."),
    )
    email = Address(
        longest=254,
        required=False,
        label=_("E-mail (optional)"),
        help_text=_("An address whose mail only you read."),
        error_messages={"invalid": _("This does not look like an e-mail address. It has an @ in the middle.")},
        # Not type=email: a browser's own message would come in the browser's language, and not kept.
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "email", "class": "narrow", "spellcheck": "false"}
        ),
    )
    when = Words(
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

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let the trap take anything: whatever stands in it is never a reason to refuse."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields[TRAP].validators = []

    @property
    def answers(self) -> dict[str, str]:
        """The cleaned answers that were given."""
        return {name: text for name, text in self.cleaned_data.items() if text and name != TRAP}

    @property
    def suspicious(self) -> bool:
        """Whether something filled in the field that people cannot see."""
        return bool(self.data.get(TRAP))


class PatientForm(InquiryForm):
    """For somebody who needs help."""

    role = "patient"


class RelativeForm(InquiryForm):
    """For somebody who is close to somebody who needs help."""

    role = "relative"
    relation = Choice(
        required=False,
        label=_("Who is it about? (optional)"),
        choices=[
            ("child", _("My child")),
            ("parent", _("My mother or father")),
            ("partner", _("My partner")),
            ("sibling", _("My sister or brother")),
            ("friend", _("A friend")),
            ("other", _("Somebody else")),
        ],
    )
    field_order = ["message", "relation"]
