"""The page behind the link of an invitation or of a forgotten password: a colleague chooses a password, once."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from contact.sender.rate_limit import network_of
from mestring.staff.accounts.changes import password_changed
from mestring.staff.accounts.forgotten_page import too_many_links
from mestring.staff.accounts.links import TOKENS, is_invited
from mestring.staff.login.limits import TooManyLogins
from mestring.staff.login.throttle import link_try
from mestring.staff.second_factor.adapter import UnreadableSecret

OPENED = "opened_link"  # in the session: the token, encrypted


class LinkWrong(Exception):
    """The link is not ours, was used, is too old, or another one than the account's."""


class ChoosePassword(PasswordResetConfirmView):
    """Django's view. Tries are counted, and what was chosen ends every login; the second step stays."""

    site: Any = None  # an AdminSite
    token_generator = TOKENS
    template_name = "admin/accounts/choose_password.html"

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look at the link, when a try is admitted."""
        is_opened = kwargs["token"] == self.reset_url_token
        token = _kept_token(request) if is_opened else kwargs["token"]
        person = self.get_user(kwargs["uidb64"])
        # Counted by the account's own number: it can be written into the address in several ways.
        account = str(person.pk) if person else kwargs["uidb64"]
        try:
            with link_try(account, network_of(request)):
                if not TOKENS.check_token(person, token):
                    raise LinkWrong
        except LinkWrong:
            return self._refuse(_("This link has been used, or its time is over. Ask for a new one."), 410)
        except TooManyLogins as early:
            return self._refuse(too_many_links(early), 429)
        if not is_opened:
            _keep_token(request, token)
            return redirect(request.path.replace(token, self.reset_url_token))
        self.user, self.validlink = person, True
        # Not by Django's own, which looks for the token where a copy of the database shows it.
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_user(self, uidb64: str) -> User | None:
        """Return the account, if it may log in."""
        found = super().get_user(uidb64)
        return found if isinstance(found, User) and found.is_active and found.is_staff else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the password, unless another request has just used the link."""
        with transaction.atomic():
            person = User.objects.select_for_update().get(pk=form.user.pk)
            if not TOKENS.check_token(person, _kept_token(self.request)):
                return self._refuse(_("This link has been used, or its time is over. Ask for a new one."), 410)
            form.user = person
            form.save()
            self.request.session.flush()  # its row is gone, if it was a login of the same colleague
            password_changed(person)
        messages.success(self.request, _("The password is changed. Log in with it."))
        return redirect("admin:login")

    def _refuse(self, problem: str, status: int) -> HttpResponse:
        context = {**self.site.each_context(self.request), "title": _("Choose a password"), "problem": problem}
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: User = self.user  # type: ignore[assignment]  # `dispatch` has refused other links
        more = {
            "title": _("Choose a password"),
            "username": person.get_username(),
            "is_new": is_invited(person),
        }
        return {**self.site.each_context(self.request), **super().get_context_data(**kwargs), **more}


def _keep_token(request: HttpRequest, token: str) -> None:
    """Keep the token of a link that was opened: encrypted, and for this browser alone.

    The key of the session is a new one, as a person who has prepared the browser may know the one before.
    """
    request.session.cycle_key()
    request.session[OPENED] = get_adapter().encrypt(token)


def _kept_token(request: HttpRequest) -> str:
    try:
        return str(get_adapter().decrypt(request.session.get(OPENED, "")))
    except UnreadableSecret:
        return ""
