"""The admin site that staff see."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from mestring.staff.guide import guide_view
from mestring.staff.guide_sections import guide_for
from mestring.staff.reauthentication.addresses import asks_anew
from mestring.staff.reauthentication.confirmed import is_confirmed
from mestring.staff.second_factor.waiting_login import has_passed
from mestring.staff.unsent.pages import ask_for_login, show_gone

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROW_NAMES = ("pk", "page_id", "object_id")  # how addresses name the row that they are about
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
        """Guard every view under a section in one place, unknown addresses included.

        Django asks for rights view by view: the history of a row that does not exist answers with
        a redirect instead of a 403, which tells a colleague which numbers are in use.
        """
        guarded = super().admin_view(view, cacheable)

        from mestring.staff.accounts.browsers import remember  # needs the models

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                count_click(request)
                if self._is_forbidden_section(request) or self._is_forbidden_history(request):
                    raise PermissionDenied
                if asks_anew(request) and not is_confirmed(request):
                    return self.ask_anew(request)
            elif login := self._login_with_form(request):
                return login
            response = guarded(request, *args, **kwargs)
            if self.has_permission(request):
                remember(request, response)
            if self._row_is_gone(request, response):
                return show_gone(self, request)
            is_for_buttons = response.status_code == 405 and request.method in ("GET", "HEAD")
            return self._page_behind(request) if is_for_buttons else response

        return cast(View, update_wrapper(inner, guarded))

    def ask_anew(self, request: HttpRequest) -> HttpResponse:
        """Ask a colleague who is logged in for password and second step."""
        from mestring.staff.reauthentication.page import ask_anew  # needs the models

        return ask_anew(self, request)

    def _row_is_gone(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Return whether Django answered a form with the first page, as it does when its row is not there."""
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        index = reverse("admin:index", current_app=self.name)
        return request.method == "POST" and name.endswith("_change") and response.headers.get("Location") == index

    def _is_forbidden_section(self, request: HttpRequest) -> bool:
        """Return whether the address lies in an app of which this colleague may see nothing."""
        root = reverse("admin:index", current_app=self.name)
        section = request.path.removeprefix(root).split("/", 1)[0]
        admins = [self._registry[model] for model in self._registry if model._meta.app_label == section]
        return section in apps.app_configs and not any(one.has_module_permission(request) for one in admins)

    def _is_forbidden_history(self, request: HttpRequest) -> bool:
        """Return whether this is the history of a row that the colleague may not see, or that does not exist."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        sections = {
            f"{model._meta.label_lower.replace('.', '_')}_history": one for model, one in self._registry.items()
        }
        return name in sections and not sections[name].has_view_or_change_permission(request)

    def _login_with_form(self, request: HttpRequest) -> HttpResponse | None:
        """Return the login that carries a form which met an expired one; None where there is no form to carry."""
        logs_out = request.path == reverse("admin:logout", current_app=self.name)
        return None if request.method != "POST" or logs_out else ask_for_login(self, request)

    def _page_behind(self, request: HttpRequest) -> HttpResponse:
        """Lead from the address of a button to the page or case where it stands, else to its section's list.

        Such an address stands in the browser while a refused form is shown, and is reloaded, kept and sent on.
        """
        match = request.resolver_match
        section = "_".join((match.url_name or "").split("_")[:2]) if match else ""
        rows = [str(row) for name, row in match.kwargs.items() if name in ROW_NAMES] if match else []
        for name, args in ((f"{section}_change", rows[:1]), (f"{section}_changelist", [])):
            try:
                return redirect(f"admin:{name}", *args)
            except NoReverseMatch:
                continue
        return redirect("admin:index")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the second step of the login, and the guides, which every colleague who may log in can read."""
        from mestring.staff.accounts import choose_page, forgotten_page  # need the models
        from mestring.staff.login.logins_page import logins_view
        from mestring.staff.reauthentication.page import confirm_view
        from mestring.staff.second_factor import change_pages, code_page, reset_page, set_up_page
        from mestring.staff.sign_on.urls import sign_on_urls

        def own(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(f"login/{address}/", self.admin_view(partial(view, self)), name=name)

        view = self.admin_view(partial(guide_view, self))
        return [
            path("login/code/", partial(code_page.code_view, self), name="second_step"),
            path("login/set-up/", partial(set_up_page.set_up_view, self), name="second_factor"),
            # Shows what the colleague wrote, with a button. A login in another tab has made its token stale.
            path("login/go-on/", csrf_exempt(partial(set_up_page.go_on_view, self)), name="after_set_up"),
            path("login/forgotten/", partial(forgotten_page.forgotten_view, self), name="forgotten_password"),
            path(
                "login/choose/<uidb64>/<token>/",
                choose_page.ChoosePassword.as_view(site=self),
                name="choose_password",
            ),
            path("login/again/", partial(confirm_view, self), name="confirm_login"),
            own("app/add", change_pages.add_app_view, "add_app"),
            own("app/remove", change_pages.remove_app_view, "remove_app"),
            own("passkey/add", change_pages.add_passkey_view, "add_passkey"),
            own("passkey/<int:pk>", change_pages.passkey_view, "own_passkey"),
            own("recovery-codes", change_pages.recovery_codes_view, "new_recovery_codes"),
            own("reset/<int:pk>", reset_page.reset_view, "second_factor_reset"),
            own("mine", logins_view, "own_logins"),
            *sign_on_urls(self),
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
        """Log it, and say so by mail, when a colleague has chosen another password for themself."""
        from mestring.staff.accounts.changes import password_changed  # needs the models

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            password_changed(request.user)  # type: ignore[arg-type]  # the site lets no one else in
        return response

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the login, with a warning where the browser will drop its cookie and ask again and again."""
        from mestring.staff.login.view import StaffLogin  # needs the models

        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {"title": _("Log in"), "cookies_dropped": drops_secure_cookies(request), **(extra_context or {})}
        return cast(HttpResponse, StaffLogin.as_view(site=self, extra_context=context)(request))


def count_click(request: HttpRequest) -> None:
    """Count the time until the login ends from this click; what a script of the page asks is none.

    SESSION_SAVE_EVERY_REQUEST would count that too, and put the cookie into public responses, which caches may
    keep.
    """
    from mestring.staff.login.session_store import SessionStore  # needs the models
    from mestring.staff.login.session_times import idle_of, is_click

    if is_click(request):
        cast(SessionStore, request.session).click(idle_of(cast("User", request.user)))


def drops_secure_cookies(request: HttpRequest) -> bool:
    """Return whether browsers refuse Secure cookies here: on plain http, except on a loopback address."""
    host = split_domain_port(request.get_host())[0]
    return not request.is_secure() and host not in ("localhost", "127.0.0.1", "[::1]")
