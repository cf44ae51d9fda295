"""Form fields for what people really type: no text is cut, and no typed text is lost on an error."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.email_faults import UNKNOWN, find_fault
from mestring.typed_text.digits import with_plain_digits, with_usual_width
from mestring.typed_text.identity_numbers import holds_identity_number
from mestring.typed_text.invisible_signs import holds_words, without_invisible_signs, without_turning_signs

MAIL_LINK = "mailto:"
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
    """Plain text. Each line break is one newline, so that a text has the same length in every browser.

    Signs that mirror what stands behind them are taken out: a staff page shows many texts.
    """

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
        """Clean the text before the length is checked. Signs that no reader sees are no text by themselves."""
        text = self.without_signs(value) if isinstance(value, str) else value
        if isinstance(text, str) and not holds_words(text):
            text = ""
        return (super().to_python(text) or "").replace("\r\n", "\n").replace("\r", "\n")

    def prepare_value(self, value: Any) -> Any:
        """Show the text as it is stored, and without the null characters that no page can carry."""
        return self.without_signs(value).replace("\x00", "") if isinstance(value, str) else value

    def without_signs(self, text: str) -> str:
        """Return the text without the signs that are never stored."""
        return without_turning_signs(text)


class MessageField(PlainTextField):
    """The message: the one answer that is required."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "true"})
    default_error_messages = {"required": _("Write a few words about what you would like to ask.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=10_000, **options)


class ContactDetailField(PlainTextField):
    """A number or an address, without the invisible signs that telephones and address books put around it."""

    def without_signs(self, text: str) -> str:
        """Take them out: with one of them no mail goes, and its sender cannot see why."""
        return without_invisible_signs(text)


class PhoneField(ContactDetailField):
    """A telephone number, as people write it, in the digits that staff read and dial."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "class": "narrow", "spellcheck": "false"}
    )

    LONGEST = 50

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=self.LONGEST, required=False, **options)

    def without_signs(self, text: str) -> str:
        """Write the digits of other scripts as 0 to 9 too, unless the text is refused as too long."""
        text = super().without_signs(text)
        return with_plain_digits(text) if len(text) <= self.LONGEST else text


class EmailField(ContactDetailField, forms.EmailField):
    """An e-mail address. A fault is named, because "does not look right" does not help to mend it."""

    # Not type=email: the browser's own message would be in the browser's language, and typed text would be lost.
    widget = forms.TextInput(
        attrs={"inputmode": "email", "autocomplete": "email", "class": "narrow", "spellcheck": "false"}
    )
    default_error_messages = {"invalid": UNKNOWN}

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=254, required=False, **options)

    def without_signs(self, text: str) -> str:
        """Return the address alone of what a mail program copies, such as a name with the address behind it."""
        text = with_usual_width(super().without_signs(text)).strip()
        if text.endswith(">") and text.count("<") == 1:
            text = text[text.index("<") + 1 : -1]
        return text[len(MAIL_LINK) :] if text.lower().startswith(MAIL_LINK) else text

    def run_validators(self, value: Any) -> None:
        """Name the fault that is seen, before Django's own check that only knows that there is one."""
        self.too_long(value)
        if value and (fault := find_fault(value)):
            raise ValidationError(fault, code="invalid")
        super().run_validators(value)


class ComingMomentField(forms.DateTimeField):
    """A day and a time that are still to come, within a year: a promise further away is a slip of the hand."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "autocomplete": "off"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "invalid": _("Write the day and the time like this: 24.12.2026 14:30."),
        "past": _("This time is over. Choose one that is still to come."),
        "far": _("This is more than a year away. Choose an earlier day."),
    }
    LONGEST = 40

    def __init__(self, **options: Any) -> None:
        """Take what the browser's own field sends, and what people type where there is none."""
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"], **options)

    def to_python(self, value: Any) -> Any:
        """Ask for the length before any pattern reads the text."""
        if isinstance(value, str) and len(value) > self.LONGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        """Refuse what is over, and what is more than a year away."""
        super().validate(value)
        if value and value <= timezone.now():
            raise ValidationError(self.error_messages["past"], code="past")
        if value and value > timezone.now() + timedelta(days=366):
            raise ValidationError(self.error_messages["far"], code="far")


class RadioField(forms.ChoiceField):
    """Radio buttons. A visitor need not choose any."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Please choose one of the answers, or none.")}
