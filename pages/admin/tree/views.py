"""“Order and menu”: one level of the tree at a time, moved with buttons or by dragging."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.admin.dialogs import page_number, page_to_change, page_to_read, render_in_admin
from pages.admin.picker.title_search import filter_by_title, with_paths
from pages.admin.status.status import status_of
from pages.admin.tree.rows import is_public, menus, place_in_level, rows
from pages.models import Page
from pages.tree.moving import move, set_menu
from pages.tree.siblings import before, behind, level, path_to, with_all_above

ON_A_PAGE = 100
MOST_MATCHES = 30
TOP = "top"


def tree_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show a level (GET), or do what the pressed button or the dragged row says (POST)."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _acted(admin, request)
    shown = _named(admin, request, request.GET.get("show"))
    parent = _named(admin, request, request.GET.get("under"))
    above = with_all_above({page.pk for page in (shown, parent) if page})
    if shown is not None:
        parent = above.get(shown.parent_id or 0)
    numbers = level(parent.pk if parent else None).values_list("pk", flat=True)
    asked = place_in_level(shown) // ON_A_PAGE + 1 if shown else request.GET.get("p")
    part = Paginator(numbers, ON_A_PAGE).get_page(asked)
    words = request.GET.get("q", "").strip()
    matching = _first_of(filter_by_title(Page.objects.kept(), words)) if words else []
    may_change = admin.has_change_permission(request)
    return render_in_admin(
        admin, request, "tree", title=_("Order and menu"), parent=parent, part=part, words=words,
        path=path_to(parent, above) if parent else [], found=with_paths(matching[:MOST_MATCHES]),
        more=len(matching) > MOST_MATCHES,
        rows=rows(
            list(part), start=max(part.start_index() - 1, 0), count=part.paginator.count, may_change=may_change,
            may_publish=request.user.has_perm("pages.publish_page"),
        ),
        menus=menus(), may_change=may_change, spoken=spoken_words(),
    )  # fmt: skip


def move_to_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Let somebody choose what the page shall lie under (GET), and move it there (POST)."""
    page = _to_move(admin, request, page_id)
    if page.kind in Page.ONLY_ONE:
        raise PermissionDenied
    chosen = request.POST.get("to", "")
    if request.method == "POST" and chosen:
        return _done(admin, request, page, parent=None if chosen == TOP else _named(admin, request, chosen))
    if request.method == "POST":
        messages.error(request, _("Choose where the page shall lie."))
    words = request.GET.get("q", "").strip()
    able = Page.objects.kept().exclude(kind__in=Page.ONLY_ONE).exclude(pk=page.pk)
    sections = Q(kind=Page.Kind.OVERVIEW) | Exists(Page.objects.kept().filter(parent=OuterRef("pk")))
    matching = _first_of(filter_by_title(able, words) if words else able.filter(sections))
    above = with_all_above([page.pk])
    return render_in_admin(
        admin, request, "move_to", title=_("Move “%(page)s”") % {"page": page}, original=page, words=words,
        path=path_to(page, above), found=with_paths(matching[:MOST_MATCHES], never_under=page),
        more=len(matching) > MOST_MATCHES, top=TOP,
    )  # fmt: skip


def _first_of(pages: QuerySet[Page]) -> list[Page]:
    """Return the matches that are listed, and one more when there are others."""
    return list(pages.order_by("title_nb", "pk")[: MOST_MATCHES + 1])


def _acted(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    sent = request.POST
    button = next((name for name in ("up", "down", "in", "out", "page") if sent.get(name)), "page")
    page = _to_move(admin, request, page_number(sent.get(button)) or 0)
    if button in ("in", "out"):
        return _ticked(admin, request, page, shown=button == "in")
    siblings = level(page.parent_id).exclude(pk=page.pk)
    if button == "up":
        nearest = before(page, siblings).last() or siblings.first()
        return _done(admin, request, page, parent=page.parent, before=nearest)
    if button == "down":
        passed = behind(page, siblings).first()
        return _done(admin, request, page, parent=page.parent, before=passed and behind(passed, siblings).first())
    if under := _named(admin, request, sent.get("under")):
        return _done(admin, request, page, parent=under)
    above, below = (_named(admin, request, sent.get(name)) for name in ("after", "before"))
    beside = below or above
    if beside is None:
        raise Http404
    return _done(admin, request, page, parent=beside.parent, before=below, after=above)


def _done(admin: ModelAdmin, request: HttpRequest, page: Page, **where: Any) -> HttpResponse:
    """Move the page, say where it stands now, and go there."""
    by: Any = request.user
    old = page.parent_id
    try:
        page = move(page, by=by, **where)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return there(page)
    said = where_it_stands(page, new_parent=page.parent_id != old)
    admin.log_change(request, page, said)
    messages.success(request, f"{said} {seen(page)}")
    if page.parent and status_of(page).live and not status_of(page.parent).live:
        text = _("“%(parent)s” is not on the website, so no overview leads to “%(page)s” now.")
        messages.warning(request, text % {"parent": page.parent, "page": page})
    return there(page)


def _ticked(admin: ModelAdmin, request: HttpRequest, page: Page, *, shown: bool) -> HttpResponse:
    by: Any = request.user
    set_menu(page, shown=shown, by=by)
    text = _("“%(page)s” is in the menu.") if shown else _("“%(page)s” is no longer in the menu.")
    said = text % {"page": page}
    admin.log_change(request, page, said)
    messages.success(request, f"{said} {seen(page)}")
    return there(page)


def where_it_stands(page: Page, *, new_parent: bool) -> str:
    """Say in words where a page stands."""
    last = before(page, level(page.parent_id)).last()
    names = {"page": page, "parent": page.parent, "before": last}
    if not new_parent:
        text = _("“%(page)s” now stands after “%(before)s”.") if last else _("“%(page)s” now stands first.")
    elif page.parent is None and last:
        text = _("“%(page)s” now lies at the top, after “%(before)s”.")
    elif page.parent is None:
        text = _("“%(page)s” now lies at the top.")
    elif last is None:
        text = _("“%(page)s” now lies under “%(parent)s”.")
    else:
        text = _("“%(page)s” now lies under “%(parent)s”, after “%(before)s”.")
    return text % names


def spoken_words() -> dict[str, str]:
    """Return what the script says while a page is dragged; {page} and {other} are titles."""
    return {
        "before": _("Let go to place “{page}” before “{other}”."),
        "after": _("Let go to place “{page}” after “{other}”."),
        "under": _("Let go to place “{page}” under “{other}”."),
        "stopped": _("Nothing was moved."),
    }


def seen(page: Page) -> str:
    """Say what visitors notice of it."""
    status = status_of(page)
    if status.live is not None:
        return _("Visitors see it within one minute.")
    if status.waiting is not None:
        return _("Visitors see it when the page is published.")
    return _("The page is not on the website, so visitors notice nothing.")


def there(page: Page) -> HttpResponse:
    """Return to the level of the page, at its row, which gets the focus."""
    return HttpResponseRedirect(f"{reverse('admin:pages_page_tree')}?show={page.pk}#page-{page.pk}")


def _named(admin: ModelAdmin, request: HttpRequest, sent: str | None) -> Page | None:
    """Return the page an address or a form names; 404 for one that is not there."""
    return page_to_read(admin, request, page_number(sent) or 0) if sent else None


def _to_move(admin: ModelAdmin, request: HttpRequest, page_id: int) -> Page:
    """Return the page, for somebody who may move it: to move what visitors see is to publish."""
    page = page_to_change(admin, request, page_id)
    if is_public(status_of(page)) and not request.user.has_perm("pages.publish_page"):
        raise PermissionDenied
    return page
