"""The table of translations: every page in every language, those that need most work first."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.admin.fields.languages import language_name
from pages.admin.translations.progress import State, language_states
from pages.languages import LANGUAGES, SOURCE, TRANSLATIONS
from pages.models import Page, PageTranslation

PER_PAGE = 50
NEEDS_WORK = "work"


def ordered_rows(show: str) -> QuerySet[PageTranslation]:
    """Return a row for each page to show, those with most left to do first, then the newest.

    Each order is that of an index, so that ten thousand pages take no longer than a hundred. A page has its
    rows from its first save.
    """
    # The few deleted pages are excluded by number, which the indexes hold: a join would read every page.
    gone = Page.objects.deleted().order_by().values("pk")
    rows = PageTranslation.objects.exclude(page__in=gone).select_related("page").defer("known", "said")
    if show in TRANSLATIONS:
        return rows.filter(language=show, state__in=[State.MISSING, State.OUTDATED]).order_by("state", "page_id")
    rows = rows.filter(language=SOURCE)
    if show == NEEDS_WORK:
        rows = rows.filter(left__gt=0)
    return rows.order_by("-left", "-page_id")


def table_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the table; without the links to the work for a person who may only read pages."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    show = request.GET.get("show", "")
    part = Paginator(ordered_rows(show), PER_PAGE).get_page(request.GET.get("page"))
    pages = [row.page for row in part]
    states = language_states(pages)
    links: list[dict[str, Any]] = [
        {"show": "", "name": _("All pages")},
        {"show": NEEDS_WORK, "name": _("Needs work")},
    ]
    for language in TRANSLATIONS:
        name = _("Needs work in %(language)s") % {"language": language_name(language)}
        links.append({"show": language, "name": name})
    for link in links:
        link["chosen"] = link["show"] == show
    return render_in_admin(
        admin, request, "translations", title=_("Translations"), part=part,
        pages=[(page, states[page.pk]) for page in pages], links=links,
        languages=[capfirst(language_name(language)) for language in LANGUAGES],
        may_change=admin.has_change_permission(request),
    )  # fmt: skip
