"""The question without which no case is closed."""

from django import forms
from django.utils.translation import gettext_lazy

from contact.models import Inquiry


class CloseForm(forms.Form):
    """The question about the patient journal, without which no case is closed."""

    use_required_attribute = False
    prefix = "close"

    journal = forms.ChoiceField(
        choices=Inquiry.Journal.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Is this recorded in the patient journal?"),
        error_messages={"required": gettext_lazy("Answer this before you close.")},
    )
