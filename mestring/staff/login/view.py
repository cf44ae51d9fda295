"""The login page of staff: the password, then the second step, then what a colleague had written before."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.urls import reverse

from mestring.staff.login.form import LoginForm, logs_in_elsewhere
from mestring.staff.second_factor.after_password import after_password
from mestring.staff.sign_on.links import has_passkey, is_linked
from mestring.staff.unsent.pages import SEALED, give_back


class StaffLogin(LoginView):
    """Django's view. A colleague with a second step is not logged in before it."""

    site: Any = None  # an AdminSite
    template_name = "admin/login.html"
    authentication_form = LoginForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Show the second step where there is one; else log in, and give back what met an expired login."""
        person: User = form.get_user()
        if is_linked(person) and not has_passkey(person):
            form.add_error(None, logs_in_elsewhere())
            return self.form_invalid(form)
        if step := after_password(self.site, self.request, person, self.get_redirect_url()):
            return step
        response = super().form_valid(form)
        unsent = self.request.POST.get(SEALED, "")
        return give_back(self.site, self.request, unsent) if unsent else response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer a login that was not checked because there were too many with 429."""
        response = super().form_invalid(form)
        response.status_code = 429 if form.is_slowed else 200
        return response

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unsent = self.request.POST.get(SEALED, "")
        return {
            **self.site.each_context(self.request),
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
            SEALED: unsent,
            **super().get_context_data(**kwargs),
            "next": self.get_success_url(),
        }
