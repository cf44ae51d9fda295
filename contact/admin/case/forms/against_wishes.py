"""Asking for a reason where what is typed goes against what the sender wishes."""

from django import forms
from django.utils.translation import gettext_lazy

from contact.form_fields import PlainTextField

CHOOSE = [("", gettext_lazy("Choose"))]
SMALL = {"rows": 3, "spellcheck": "true"}


class AgainstWishesForm(forms.Form):
    """Asks for a reason where what is typed goes against what the sender wishes."""

    use_required_attribute = False
    broken: list[str] = []  # the wishes of the sender that it goes against, in words

    reason = PlainTextField(
        longest=1000,
        required=False,
        label=gettext_lazy("Why is it right all the same?"),
        widget=forms.Textarea(attrs=SMALL),
    )

    def needs_reason(self) -> bool:
        """Say whether the field for the reason is shown."""
        return bool(self.broken or self.errors.get("reason") or self["reason"].value())
