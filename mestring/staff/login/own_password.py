"""The page on which a colleague changes their own password. A try of the old one is braked as at the login."""

from typing import Any, cast

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from mestring.staff.accounts.changes import password_changed
from mestring.staff.login.form import LONGEST_PASSWORD, SLOWED, counted_try


class OwnPasswordForm(AdminPasswordChangeForm):
    """Django's form. A thief of an open login must not find the password by trying it here."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Check the old password, when a try is admitted."""
        if len(self.cleaned_data["old_password"]) > LONGEST_PASSWORD:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        with counted_try(self.user.get_username(), self.request):
            old: str = super().clean_old_password()
        return old


class OwnPassword(PasswordChangeView):
    """Django's view, which also logs the change and tells of it by mail."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        password_changed(cast(User, self.request.user))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer an old password that was not checked because there were too many with 429."""
        response = super().form_invalid(form)
        response.status_code = 429 if form.has_error("old_password", code=SLOWED) else 200
        return response
