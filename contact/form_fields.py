"""Form fields for what people really type: no text is cut, and no typed text is lost on an error."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from norway.identity_numbers import holds_identity_number

UNSENDABLE = _("Some characters could not be sent and are taken away. Please read it through and send once more.")
TOO_LONG = _("This is too long. Please shorten it to %(limit_value)s characters; it is now %(show_value)s.")
IDENTITY_NUMBER = _(
    "It looks as if a national identity number (11 digits) stands here. "
    "Please take it out and send once more. We do not need it."
)


def refuse_identity_number(text: str) -> None:
    """Raise a ValidationError when the text holds an identity number; the error does not repeat the number."""
    if holds_identity_number(text):
        raise ValidationError(IDENTITY_NUMBER, code="identity_number")


class PlainTextField(forms.CharField):
    """Plain text. Each line break is one newline, so that a text has the same length in every browser."""

    default_error_messages = {"null_characters_not_allowed": UNSENDABLE}

    def __init__(self, *, longest: int, **options: Any) -> None:
        """Check `longest` on the server: a `maxlength` in the page would silently cut a pasted text."""
        super().__init__(**options)
        self.too_long = MaxLengthValidator(longest, TOO_LONG)
        self.validators.append(refuse_identity_number)

    def run_validators(self, value: Any) -> None:
        """Check the length first, and nothing else in a text that is too long.

        A pattern may need time that grows with the square of the length, and a form may hold a megabyte.
        """
        self.too_long(value)
        super().run_validators(value)

    def to_python(self, value: Any) -> str:
        """Normalise line breaks before the length is checked."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show the typed text again, without the null characters that no page can carry."""
        bound = super().bound_data(data, initial)
        return bound.replace("\x00", "") if isinstance(bound, str) else bound


class MessageField(PlainTextField):
    """The message: the one answer that is required."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})
    default_error_messages = {"required": _("Write a few words about what you would like to ask.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=10_000, **options)


class PhoneField(PlainTextField):
    """A telephone number, as people write it."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "class": "narrow", "spellcheck": "false"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=50, required=False, **options)


class EmailField(PlainTextField, forms.EmailField):
    """An e-mail address."""

    # Not type=email: the browser's own message would be in the browser's language, and typed text would be lost.
    widget = forms.TextInput(
        attrs={"inputmode": "email", "autocomplete": "email", "class": "narrow", "spellcheck": "false"}
    )
    default_error_messages = {
        "invalid": _("This does not look like an e-mail address. It has an @ in the middle.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=254, required=False, **options)


class RadioField(forms.ChoiceField):
    """Radio buttons. A visitor need not choose any."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Please choose one of the answers, or none.")}
