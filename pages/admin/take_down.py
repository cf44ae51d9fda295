"""Take a page off the website, after saying what that means and where the page is used."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages import publishing
from pages.admin.questions import ask, back_to_form, page_to_publish
from pages.admin.state import standing_of
from pages.models import Edition, Page
from pages.navigation import LiveTree


def take_down_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what happens (GET), or do it (POST). The front page can be changed but never taken down."""
    page = page_to_publish(admin, request, page_id)
    if page.kind == Page.Kind.FRONT:
        raise PermissionDenied
    if request.method == "POST":
        publishing.take_down(page)
        admin.log_change(request, page, _("Taken down from the website."))
        messages.success(request, _("Taken down. Visitors stop seeing the page within one minute."))
        return back_to_form(page)
    title = _("Take down “%(page)s”?") % {"page": page}
    return ask(
        admin, request, "take_down", title=title, original=page, standing=standing_of(page), **where_used(page)
    )


def where_used(page: Page) -> dict[str, Any]:
    """Return where visitors meet the page now, or will: links, menu, foot, and the live pages placed under it."""
    tree = LiveTree.read(at=timezone.now())
    node = tree.nodes.get(page.pk)
    under = [other for other in tree.nodes.values() if other.head["parent"] == page.pk]
    linking, coming = linking_to(page)
    return {
        "linking": linking,
        "linking_later": coming,
        "children": [str(other.head["title"].get("nb") or other.page_id) for other in under],
        "in_menu": node is not None and node.head["in_menu"],
        "in_footer": node is not None and node.head.get("in_footer", False),
    }


def linking_to(page: Page) -> tuple[list[str], list[str]]:
    """Return the titles of the pages with a link to this one: where visitors meet it, and where they do not yet.

    The second are other pages' newest drafts and waiting editions: published later, they would lead nowhere.
    """
    now = timezone.now()
    newer = Edition.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    counts = Q(pk__in=Edition.objects.current_or_coming(at=now).values("pk")) | ~Exists(newer)
    others = Edition.objects.filter(counts, page__deleted_at=None).exclude(page=page).select_related("page")
    # The database leaves out most; it cannot tell page:1 from page:12.
    likely = others.alias(words=Cast("body", TextField())).filter(words__contains=f"page:{page.pk}")
    naming = [edition for edition in likely.order_by("pk") if mentions(edition.body, page.pk)]
    live = set(Edition.objects.live(at=now).filter(pk__in=[one.pk for one in naming]).values_list("pk", flat=True))
    shown = {edition.page_id: str(edition.page) for edition in naming if edition.pk in live}
    coming = {edition.page_id: str(edition.page) for edition in naming if edition.page_id not in shown}
    return list(shown.values()), list(coming.values())


def mentions(value: Any, page_id: int) -> bool:
    """Say whether a block's data holds a link to the page, as a door or inside rich text."""
    if isinstance(value, str):
        return value == f"page:{page_id}" or f'href="page:{page_id}"' in value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(mentions(part, page_id) for part in parts)
