"""The field for a code, and the sentences about one that did not count."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mestring.staff.login.limits import FIRST_WAIT, TooManyLogins
from pages.live.phone import Phone


class CodeForm(forms.Form):
    """A code, as an app shows it or as it stands on the print."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 12}
        ),
        error_messages={"required": gettext_lazy("Type the code.")},
    )


def say_wrong(form: CodeForm) -> None:
    """Say that the code did not count: one sentence for all reasons."""
    form.add_error("code", _("This code is wrong, or it has been used. Wait until the app shows the next one."))


def say_wrong_passkey() -> str:
    """Return what is said of a passkey that did not count."""
    return _("This passkey is not known here, or it came too late. Try again, or use a code.")


def say_too_many(form: CodeForm, early: TooManyLogins) -> None:
    """Say until when no code is looked at."""
    message = _(
        "Too many codes have been wrong. Try again after %(time)s. If you need help before that, ring %(phone)s "
        "and ask for the person who administers the website."
    )
    at = date_format(timezone.localtime(early.when + FIRST_WAIT), "H:i")
    form.add_error("code", message % {"time": at, "phone": Phone(settings.FALLBACK_PHONE).display})
