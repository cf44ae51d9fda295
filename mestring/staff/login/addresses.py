"""The addresses under /admin/login/: the second step, links to choose a password, and one's own login."""

from collections.abc import Callable
from functools import partial

from django.contrib.admin import AdminSite
from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from mestring.staff.accounts import choose_page, forgotten_page
from mestring.staff.login.logins_page import logins_view
from mestring.staff.reauthentication.page import confirm_view
from mestring.staff.second_factor import change_pages, code_page, reset_page, set_up_page
from mestring.staff.sign_on.urls import sign_on_urls


def login_addresses(site: AdminSite) -> list[URLPattern]:
    """Return those that are open before the login is whole, then those of a colleague who is in."""

    def before(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        return path(f"login/{address}/", view, name=name)

    def own(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        return before(address, site.admin_view(partial(view, site)), name)

    # Shows what the colleague wrote, with a button. A login in another tab has made its token stale.
    go_on = csrf_exempt(partial(set_up_page.go_on_view, site))
    return [
        before("code", partial(code_page.code_view, site), "second_step"),
        before("set-up", partial(set_up_page.set_up_view, site), "second_factor"),
        before("go-on", go_on, "after_set_up"),
        before("forgotten", partial(forgotten_page.forgotten_view, site), "forgotten_password"),
        before("choose/<uidb64>/<token>", choose_page.ChoosePassword.as_view(site=site), "choose_password"),
        before("again", partial(confirm_view, site), "confirm_login"),
        own("app/add", change_pages.add_app_view, "add_app"),
        own("app/remove", change_pages.remove_app_view, "remove_app"),
        own("passkey/add", change_pages.add_passkey_view, "add_passkey"),
        own("passkey/<int:pk>", change_pages.passkey_view, "own_passkey"),
        own("recovery-codes", change_pages.recovery_codes_view, "new_recovery_codes"),
        own("reset/<int:pk>", reset_page.reset_view, "second_factor_reset"),
        own("mine", logins_view, "own_logins"),
        *sign_on_urls(site),
    ]
