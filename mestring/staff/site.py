"""The admin site that staff see."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from mestring.staff.guide import guide_view
from mestring.staff.guide_sections import guide_for
from mestring.staff.page_behind import is_row_gone, lead_behind
from mestring.staff.reauthentication.addresses import asks_anew
from mestring.staff.reauthentication.confirmed import is_confirmed
from mestring.staff.second_factor.waiting_login import has_passed
from mestring.staff.sections import is_forbidden_history, is_forbidden_section
from mestring.staff.unsent.pages import ask_for_login, show_gone

if TYPE_CHECKING:
    pass

KEYHOLDER = "contact.change_grant"
INBOX_RIGHTS = ("contact.view_inquiry", "contact.change_grant")  # of the colleagues who can do something about it
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StaffSite(admin.AdminSite):
    """The admin under the clinic's name. A section that a colleague has no right to answers 403, not 404."""

    site_header = _("Mestringshusene – for staff")
    site_title = _("Mestringshusene staff")
    index_title = _("What would you like to do?")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask for the second step too, where it is required: a login of the demo's time may have had one."""
        passed = has_passed(request) or not settings.SECOND_FACTOR_REQUIRED
        return super().has_permission(request) and passed

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guard every address of staff in one place, unknown ones included: Django asks view by view."""
        guarded = super().admin_view(view, cacheable)

        from mestring.staff.accounts.browsers import remember  # needs the models
        from mestring.staff.login.clicks import count_click

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                count_click(request)
                if is_forbidden_section(self, request) or is_forbidden_history(self, request):
                    raise PermissionDenied
                if asks_anew(request) and not is_confirmed(request):
                    return self.ask_anew(request)
            elif login := self._login_with_form(request):
                return login
            response = guarded(request, *args, **kwargs)
            if self.has_permission(request):
                remember(request, response)
            if is_row_gone(self, request, response):
                return show_gone(self, request)
            is_for_buttons = response.status_code == 405 and request.method in ("GET", "HEAD")
            return lead_behind(request) if is_for_buttons else response

        return cast(View, update_wrapper(inner, guarded))

    def ask_anew(self, request: HttpRequest) -> HttpResponse:
        """Ask a colleague who is logged in for password and second step."""
        from mestring.staff.reauthentication.page import ask_anew  # needs the models

        return ask_anew(self, request)

    def _login_with_form(self, request: HttpRequest) -> HttpResponse | None:
        """Return the login that carries a form which met an expired one; None where there is no form to carry."""
        logs_out = request.path == reverse("admin:logout", current_app=self.name)
        return None if request.method != "POST" or logs_out else ask_for_login(self, request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the addresses of the login, and the guides, which every colleague who may log in can read."""
        from mestring.staff.incident.addresses import incident_addresses  # needs the models
        from mestring.staff.login.addresses import login_addresses

        view = self.admin_view(partial(guide_view, self))
        return [
            *login_addresses(self),
            *incident_addresses(self),
            path("guide/", view, name="guide"),
            path("guide/inbox/", view, {"name": "inbox"}, name="inbox_guide"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the address of the part of a guide that fits this page, and whether no colleague opens the inbox."""
        # Imported here: importing the apps registers their sections with this site, which must exist by then.
        from contact.keys.inbox_openers import can_none_open
        from contact.keys.keyring import PLANTED, is_newest_planted
        from contact.permissions import holds_right

        reads, holds_keys = (holds_right(request.user, right) for right in INBOX_RIGHTS)
        more = {
            "guide_url": guide_for(request),
            "none_can_open": (reads or holds_keys) and can_none_open(),
            "holds_keys": holds_keys,
            "handles_incidents": holds_keys or request.user.has_perm("auth.change_user"),
            "planted_key": PLANTED if holds_keys and is_newest_planted() else "",
            "sign_on": settings.SIGN_ON_NAME if settings.SIGN_ON_ISSUER else "",
        }
        return {**super().each_context(request), **more}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what this colleague may do and what waits, the daily tasks first and large."""
        # Imported here: importing the apps registers their sections with this site, which must exist by then.
        from mestring.staff.dashboard import dashboard

        sections = {
            f"{app['app_label']}.{model['object_name']}": model
            for app in self.get_app_list(request)
            for model in app["models"]
            if model["admin_url"]
        }
        return super().index(request, {**(extra_context or {}), **dashboard(request.user, sections)})

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Log out here. The page after it leads to where a login at the provider ends."""
        response = super().logout(request, extra_context)
        if settings.SIGN_ON_ISSUER:
            response.template_name = "admin/sign_on/logged_out.html"
        return response

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the form for one's own password, with the brakes of the login."""
        from mestring.staff.login.own_password import OwnPassword  # needs the models

        request.current_app = self.name
        context = {**self.each_context(request), **(extra_context or {})}
        return cast(TemplateResponse, OwnPassword.as_view(extra_context=context)(request))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the login, with a warning where the browser will drop its cookie and ask again and again."""
        from mestring.staff.login.view import StaffLogin  # needs the models

        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {"title": _("Log in"), "cookies_dropped": drops_secure_cookies(request), **(extra_context or {})}
        return cast(HttpResponse, StaffLogin.as_view(site=self, extra_context=context)(request))


def drops_secure_cookies(request: HttpRequest) -> bool:
    """Return whether browsers refuse Secure cookies here: on plain http, except on a loopback address."""
    host = split_domain_port(request.get_host())[0]
    return not request.is_secure() and host not in ("localhost", "127.0.0.1", "[::1]")
