"""The addresses of previews and of sharing, under /admin/pages/page/."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from pages.admin.previews import share, views

EDITION = "<int:page_id>/editions/<int:edition_id>"


def preview_urls(guarded: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses, each view guarded by the admin's login. Without a language the first one is shown."""
    edition, edition_frame = guarded(views.edition_view), guarded(views.edition_frame)
    form, form_frame = guarded(views.form_view), guarded(views.form_frame)
    return [
        path(f"{EDITION}/preview/", edition, name="pages_page_preview_edition"),
        path(f"{EDITION}/preview/<slug:language>/", edition, name="pages_page_preview_edition"),
        path(f"{EDITION}/preview/<slug:language>/frame/", edition_frame, name="pages_page_preview_edition_frame"),
        path(f"{EDITION}/share/", guarded(share.share_view), name="pages_page_share"),
        path(f"{EDITION}/share/<int:link_id>/", guarded(share.withdraw_view), name="pages_page_withdraw_link"),
        path("preview/<uuid:key>/", form, name="pages_page_preview_form"),
        path("preview/<uuid:key>/<slug:language>/", form, name="pages_page_preview_form"),
        path("preview/<uuid:key>/<slug:language>/frame/", form_frame, name="pages_page_preview_form_frame"),
    ]
