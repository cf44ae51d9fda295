"""What the buttons of “Order and menu”, and a dragged row, do to a page."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.dialogs import page_number, page_to_change, page_to_read
from pages.admin.status.status import status_of
from pages.admin.tree.rows import is_public
from pages.admin.tree.sentences import describe_effect, describe_place
from pages.models import Page
from pages.tree.moving import move, set_menu
from pages.tree.siblings import before, behind, level

BUTTONS = ("up", "down", "in", "out")  # each sends the page as its value
DRAGGED = "page"  # so does this field, with where the row was dropped beside it


def perform_action(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Do what the pressed button or the dragged row says."""
    button = next((name for name in BUTTONS if request.POST.get(name)), DRAGGED)
    page = page_to_move(admin, request, page_number(request.POST.get(button)) or 0)
    if button in ("in", "out"):
        return _put_in_menu(admin, request, page, shown=button == "in")
    siblings = level(page.parent_id).exclude(pk=page.pk)
    if button == "up":
        nearest = before(page, siblings).last() or siblings.first()
        return move_page(admin, request, page, parent=page.parent, before=nearest)
    if button == "down":
        passed = behind(page, siblings).first()
        following = passed and behind(passed, siblings).first()
        return move_page(admin, request, page, parent=page.parent, before=following)
    return _drop(admin, request, page)


def _drop(admin: ModelAdmin, request: HttpRequest, page: Page) -> HttpResponse:
    if under := named_page(admin, request, request.POST.get("under")):
        return move_page(admin, request, page, parent=under)
    above = named_page(admin, request, request.POST.get("after"))
    below = named_page(admin, request, request.POST.get("before"))
    beside = below or above
    if beside is None:
        raise Http404
    return move_page(admin, request, page, parent=beside.parent, before=below, after=above)


def move_page(admin: ModelAdmin, request: HttpRequest, page: Page, **place: Any) -> HttpResponse:
    """Move the page, say where it lies now, and show it there. A refused move is told, and changes nothing."""
    by: Any = request.user
    old_parent = page.parent_id
    try:
        page = move(page, by=by, **place)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect_to_row(page)
    _report(admin, request, page, describe_place(page, new_parent=page.parent_id != old_parent))
    if page.parent and status_of(page).live and not status_of(page.parent).live:
        text = _("“%(parent)s” is not on the website, so no overview leads to “%(page)s” now.")
        messages.warning(request, text % {"parent": page.parent, "page": page})
    return redirect_to_row(page)


def _put_in_menu(admin: ModelAdmin, request: HttpRequest, page: Page, *, shown: bool) -> HttpResponse:
    by: Any = request.user
    set_menu(page, shown=shown, by=by)
    text = _("“%(page)s” is in the menu.") if shown else _("“%(page)s” is no longer in the menu.")
    _report(admin, request, page, text % {"page": page})
    return redirect_to_row(page)


def _report(admin: ModelAdmin, request: HttpRequest, page: Page, sentence: str) -> None:
    admin.log_change(request, page, sentence)
    messages.success(request, f"{sentence} {describe_effect(status_of(page))}")


def redirect_to_row(page: Page) -> HttpResponse:
    """Show the level of the page, at its row, which gets the focus."""
    return HttpResponseRedirect(f"{reverse('admin:pages_page_tree')}?show={page.pk}#page-{page.pk}")


def named_page(admin: ModelAdmin, request: HttpRequest, sent: str | None) -> Page | None:
    """Return the page that an address or a form names; 404 for a page that does not exist."""
    return page_to_read(admin, request, page_number(sent) or 0) if sent else None


def page_to_move(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page for a person who may move it: to move what visitors see is to publish."""
    page = page_to_change(admin, request, page_id)
    if is_public(status_of(page)) and not request.user.has_perm("pages.publish_page"):
        raise PermissionDenied
    return page
