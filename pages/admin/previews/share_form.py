"""For how long an edition is shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pages.previews.share_links import DAYS


class ShareForm(forms.Form):
    """One question, with the usual answer chosen beforehand."""

    days = forms.TypedChoiceField(label=_("How long shall the link work?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: Any = self.fields["days"]
        days.choices = [(n, ngettext("%(count)d day", "%(count)d days", n) % {"count": n}) for n in DAYS]
        days.initial = 7
