"""The page on which a colleague asks for a new password; no answer tells whether an account has the address."""

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.sender.rate_limit import network_of
from mestring.staff.accounts.invitations import ask_for_link
from mestring.staff.login.limits import FIRST_WAIT, TooManyLogins
from mestring.staff.login.throttle import take_link_request
from pages.live.phone import Phone


class ForgottenForm(forms.Form):
    """The e-mail address of an account."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


def forgotten_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Take an address, count the try, and say what happens if an account has it."""
    form, status, sent = ForgottenForm(request.POST or None), 200, False
    if form.is_valid():
        address = form.cleaned_data["email"].casefold()
        try:
            take_link_request(address, network_of(request))
        except TooManyLogins as early:
            say_too_many_links(form, early)
            status = 429
        else:
            ask_for_link(address)
            sent = True
    context = {**site.each_context(request), "title": _("Forgotten password"), "form": form, "sent": sent}
    return TemplateResponse(request, "admin/accounts/forgotten.html", context, status=status)


def say_too_many_links(form: forms.Form, early: TooManyLogins) -> None:
    """Say until when no link is sent or looked at."""
    form.add_error(None, too_many_links(early))


def too_many_links(early: TooManyLogins) -> str:
    """Return that sentence."""
    at = date_format(timezone.localtime(early.when + FIRST_WAIT), "H:i")
    words = _(
        "Too many tries. Try again after %(time)s, or ring %(phone)s and ask for the person who administers the "
        "website."
    )
    return words % {"time": at, "phone": Phone(settings.FALLBACK_PHONE).display}
