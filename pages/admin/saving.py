"""What a save of the page form does to the editions, and what is said about it afterwards."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pages import publishing
from pages.admin.languages import listed
from pages.admin.state import live_edition_of
from pages.models import Page

PUBLISH = "_publish"  # the name of the button


def save_edition(request: HttpRequest, page: Page) -> None:
    """Write down the working copy, and publish it when that button was pressed.

    Runs in the transaction of the form. A page that is complete in no language is not published:
    visitors would meet an empty address.
    """
    by: Any = request.user
    edition = publishing.save_draft(page, by=by)
    if PUBLISH in request.POST and edition.head["languages"]:
        # The form has checked the addresses; between that and now another page can have taken one.
        with suppress(ValidationError):
            publishing.publish(edition, by=by)


def outcome(request: HttpRequest, page: Page) -> list[tuple[int, str]]:
    """Return (level, sentence) for what visitors see now."""
    newest = page.editions.latest("pk")
    live = live_edition_of(page)
    if PUBLISH in request.POST and live == newest:
        said = [(messages.SUCCESS, _("Published. Visitors see the change within one minute."))]
        started = {code for code, title in newest.head["title"].items() if title}
        if missing := started - set(newest.head["languages"]):
            text = _("Not shown to visitors, because title, address or content is missing: %(languages)s.")
            said.append((messages.WARNING, text % {"languages": listed(missing)}))
        return said
    if PUBLISH in request.POST and newest.head["languages"]:
        text = _("The draft is saved, but not published: another page took its address just now. Save again.")
        return [(messages.ERROR, text)]
    if PUBLISH in request.POST:
        text = _("The draft is saved, but not published: no language has both title, address and content.")
        return [(messages.ERROR, text)]
    if live is None:
        return [(messages.SUCCESS, _("The draft is saved. The page is not on the website."))]
    return [(messages.SUCCESS, _("The draft is saved. Visitors still see the previous edition."))]
