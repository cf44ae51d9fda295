"""Fields that take what people really type: nothing is cut, and nothing typed is lost on an error."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

UNSENDABLE = _("Some characters could not be sent and are taken away. Please read it through and send once more.")
TOO_LONG = _("This is too long. Please shorten it to %(limit_value)s characters; it is now %(show_value)s.")


class Words(forms.CharField):
    """Text with every line break as one newline, so that it counts the same in every browser."""

    default_error_messages = {"null_characters_not_allowed": UNSENDABLE}

    def __init__(self, *, longest: int, **options: Any) -> None:
        """`longest` is checked here; a `maxlength` in the page would cut a pasted text without a word."""
        super().__init__(**options)
        self.validators.append(MaxLengthValidator(longest, TOO_LONG))

    def to_python(self, value: Any) -> str:
        """Normalise line breaks before anything is counted."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show again what was typed, without the characters that no page can carry."""
        shown = super().bound_data(data, initial)
        return shown.replace("\x00", "") if isinstance(shown, str) else shown


class Address(Words, forms.EmailField):
    """An e-mail address."""


class Choice(forms.ChoiceField):
    """Radio buttons of which none need be chosen."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Please choose one of the answers, or none.")}
