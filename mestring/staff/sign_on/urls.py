"""The addresses of single sign-on. They stand where it is off too, and answer 404."""

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from mestring.staff.sign_on.back import back_view
from mestring.staff.sign_on.begin import begin_view, done_view, log_out_view
from mestring.staff.sign_on.connect import connect_view
from mestring.staff.sign_on.started import AGAIN, CONNECT, LOGIN
from mestring.staff.sign_on.unlink_page import unlink_view


def sign_on_urls(site: AdminSite) -> list[URLPattern]:
    """Return what stands under the site's own address."""
    return [
        path("sign-on/", partial(begin_view, site, purpose=LOGIN), name="sign_on"),
        path("sign-on/again/", partial(begin_view, site, purpose=AGAIN), name="sign_on_again"),
        path("sign-on/connect/go/", partial(begin_view, site, purpose=CONNECT), name="sign_on_connect_go"),
        path("sign-on/connect/", site.admin_view(partial(connect_view, site)), name="sign_on_connect"),
        path("sign-on/unlink/<int:pk>/", site.admin_view(partial(unlink_view, site)), name="sign_on_unlink"),
        path("sign-on/back/", partial(back_view, site), name="sign_on_back"),
        path("sign-on/done/", site.admin_view(partial(done_view, site)), name="signed_on"),
        path("sign-on/out/", partial(log_out_view, site), name="sign_on_out"),
    ]
