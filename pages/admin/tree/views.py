"""“Order and menu”: one level of the tree at a time, moved with buttons or by dragging."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mestring.typed_text.norwegian_order import norwegian_order
from pages.admin.dialogs import render_in_admin
from pages.admin.picker.title_search import filter_by_title, with_paths
from pages.admin.tree.actions import move_page, named_page, page_to_move, perform_action
from pages.admin.tree.menus import live_menus
from pages.admin.tree.rows import tree_rows
from pages.admin.tree.sentences import drag_announcements
from pages.models import Page
from pages.tree.siblings import before, level, path_to, with_all_above

ON_A_PAGE = 100
MOST_MATCHES = 30
TOP = "top"


def tree_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show a level (GET), or do what the pressed button or the dragged row says (POST)."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return perform_action(admin, request)
    shown = named_page(admin, request, request.GET.get("show"))
    parent = named_page(admin, request, request.GET.get("under"))
    above = with_all_above({page.pk for page in (shown, parent) if page})
    if shown is not None:
        parent = above.get(shown.parent_id or 0)
    page_ids = level(parent.pk if parent else None).values_list("pk", flat=True)
    wanted = _index_in_level(shown) // ON_A_PAGE + 1 if shown else request.GET.get("p")
    part = Paginator(page_ids, ON_A_PAGE).get_page(wanted)
    may_change = admin.has_change_permission(request)
    may_publish = request.user.has_perm("pages.publish_page")
    words = request.GET.get("q", "").strip()
    search = _matches(filter_by_title(Page.objects.kept(), words)) if words else {"found": [], "more": False}
    start, count = max(part.start_index() - 1, 0), part.paginator.count
    return render_in_admin(
        admin, request, "tree", title=_("Order and menu"), parent=parent, part=part, words=words, **search,
        path=path_to(parent, above) if parent else [], menus=live_menus(), may_change=may_change,
        rows=tree_rows(list(part), start=start, count=count, may_change=may_change, may_publish=may_publish),
        announcements=drag_announcements(),
    )  # fmt: skip


def move_to_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Let staff choose what the page shall lie under (GET), and move it there (POST)."""
    page = page_to_move(admin, request, page_id)
    if page.kind in Page.ONLY_ONE:
        raise PermissionDenied
    chosen = request.POST.get("to", "")
    if request.method == "POST" and chosen:
        parent = None if chosen == TOP else named_page(admin, request, chosen)
        return move_page(admin, request, page, parent=parent)
    if request.method == "POST":
        messages.error(request, _("Choose where the page shall lie."))
    words = request.GET.get("q", "").strip()
    able = Page.objects.kept().exclude(kind__in=Page.ONLY_ONE).exclude(pk=page.pk)
    sections = Q(kind=Page.Kind.OVERVIEW) | Exists(Page.objects.kept().filter(parent=OuterRef("pk")))
    offered = filter_by_title(able, words) if words else able.filter(sections)
    path = path_to(page, with_all_above([page.pk]))
    return render_in_admin(
        admin, request, "move_to", title=_("Move “%(page)s”") % {"page": page}, original=page, words=words,
        path=path, **_matches(offered, never_under=page), top=TOP,
    )  # fmt: skip


def _matches(pages: QuerySet[Page], *, never_under: Page | None = None) -> dict[str, Any]:
    """Return the first pages with their paths, and whether there are more."""
    matches = list(pages.order_by(norwegian_order("title_nb"), "pk")[: MOST_MATCHES + 1])
    found = with_paths(matches[:MOST_MATCHES], never_under=never_under)
    return {"found": found, "more": len(matches) > MOST_MATCHES}


def _index_in_level(page: Page) -> int:
    return before(page, level(page.parent_id)).count()
