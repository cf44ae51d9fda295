"""What a sender is asked on the pages behind the return code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.form_fields import MessageField

CODE_WRONG = _(
    "We find nothing with this code. Look closely at what you have typed, and try again. "
    "The reference number is not the code."
)


class CodeForm(forms.Form):
    """The return code as the sender typed it. The error never says what is wrong with the code."""

    use_required_attribute = False

    code = forms.CharField(
        required=False,
        label=_("Your code"),
        help_text=_("Eight groups of four. Spaces and small letters do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
        validators=[],
    )


class MessageForm(forms.Form):
    """The message that the sender adds."""

    use_required_attribute = False

    message = MessageField(label=_("Do you want to write more?"), help_text=_("A few words are enough."))
