"""Fields that take what people really type: nothing is cut, and nothing typed is lost on an error."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from contact.identity_numbers import holds_identity_number

UNSENDABLE = _("Some characters could not be sent and are taken away. Please read it through and send once more.")
TOO_LONG = _("This is too long. Please shorten it to %(limit_value)s characters; it is now %(show_value)s.")
IDENTITY_NUMBER = _(
    "It looks as if a national identity number (11 digits) stands here. "
    "Please take it out and send once more. We do not need it."
)


def refuse_identity_number(text: str) -> None:
    """Raise ValidationError, without repeating the number, when an identity number stands in the text."""
    if holds_identity_number(text):
        raise ValidationError(IDENTITY_NUMBER, code="identity_number")


class Words(forms.CharField):
    """Text with every line break as one newline, so that it counts the same in every browser."""

    default_error_messages = {"null_characters_not_allowed": UNSENDABLE}

    def __init__(self, *, longest: int, **options: Any) -> None:
        """`longest` is checked here; a `maxlength` in the page would cut a pasted text without a word."""
        super().__init__(**options)
        self.validators += [MaxLengthValidator(longest, TOO_LONG), refuse_identity_number]

    def to_python(self, value: Any) -> str:
        """Normalise line breaks before anything is counted."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show again what was typed, without the characters that no page can carry."""
        shown = super().bound_data(data, initial)
        return shown.replace("\x00", "") if isinstance(shown, str) else shown


class Message(Words):
    """What somebody wants to say: the one answer that is needed."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})
    default_error_messages = {"required": _("Write a few words about what you would like to ask.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=10_000, **options)


class Phone(Words):
    """A number as people write it."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "class": "narrow", "spellcheck": "false"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=50, required=False, **options)


class Address(Words, forms.EmailField):
    """An e-mail address."""

    # Not type=email: a browser's own message would come in the browser's language, and not kept.
    widget = forms.TextInput(
        attrs={"inputmode": "email", "autocomplete": "email", "class": "narrow", "spellcheck": "false"}
    )
    default_error_messages = {
        "invalid": _("This does not look like an e-mail address. It has an @ in the middle.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=254, required=False, **options)


class Choice(forms.ChoiceField):
    """Radio buttons of which none need be chosen."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Please choose one of the answers, or none.")}
