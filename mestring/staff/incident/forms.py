"""Which account, since when, and when the clinic became aware of it."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.audit.account_trace import accounts_that_are_gone
from contact.permissions import names_apart
from mestring.staff.models import Incident
from mestring.typed_text.norwegian_order import norwegian_key
from pages.admin.fields.date_fields import MomentField

DAY = timedelta(days=1)


class PastMomentField(MomentField):
    """A moment that has been: what is to come has not happened."""

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and value > timezone.now():
            raise ValidationError(_("This time has not come yet. Choose one that has been."), code="future")


class BeginForm(forms.Form):
    """The account, also one that is deleted by now, and the moment from which it may have been a stranger's."""

    account = forms.TypedChoiceField(
        label=gettext_lazy("Whose account?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the account, or that it is about none.")},
    )
    since = PastMomentField(
        label=gettext_lazy("Since when?"),
        help_text=gettext_lazy("If you are not sure, rather too early than too late."),
    )

    def __init__(self, data: Any = None, *, chosen: str = "") -> None:
        """Offer every account; `chosen` is the number of the one that the page before was about."""
        moment = MomentField.shown(timezone.now() - DAY)
        super().__init__(data, initial={"account": chosen, "since": moment})
        self.gone = accounts_that_are_gone(set(User.objects.values_list("pk", flat=True)))
        deleted = {pk: _("%(name)s (deleted)") % {"name": name} for pk, name in self.gone.items()}
        names = names_apart(User.objects.filter(is_staff=True)) | deleted
        people = sorted(names.items(), key=lambda one: norwegian_key(one[1]))
        none = (Incident.NO_ACCOUNT, _("No account: a paper, a backup, the server, a page"))
        self.fields["account"].choices = [("", _("Choose")), none, *people]  # type: ignore[attr-defined]


class AwareForm(forms.Form):
    """When the clinic became aware: from then on the 72 hours count."""

    aware_at = PastMomentField(label=gettext_lazy("When did the clinic find out?"))
