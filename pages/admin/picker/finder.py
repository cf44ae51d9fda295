"""Pages by what somebody writes of them: how a page is written, which one a text means, and what to offer.

A page is written as its path, title and number: “Behandling › Avrusning (12)”.
"""

import re

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from pages.admin.picker import destinations
from pages.admin.picker.title_search import filter_by_title, with_paths
from pages.languages import LANGUAGES
from pages.models import Page
from pages.richtext.field import OUR_LINK
from pages.tree.siblings import path_to, with_all_above

OFFERED = 10
NUMBER = re.compile(r"(?:^|\()(\d{1,9})\)?$")
PARENT, LINK, MORE = "parent", "link", "more"


def labels(pages: list[Page]) -> dict[int, str]:
    """Return how each page is written: its path, title and number."""
    above = with_all_above(page.pk for page in pages)
    return {p.pk: f"{' › '.join(str(step) for step in [*path_to(p, above), p])} ({p.pk})" for p in pages}


def chosen(text: str, pages: QuerySet[Page]) -> Page:
    """Return the page that a text means. Raises ValidationError that says what to choose from."""
    text = " ".join(text.split())
    same = Q(*[(f"title_{code}__iexact", text) for code in LANGUAGES], _connector=Q.OR)
    named = list(pages.filter(same).order_by("pk")[: OFFERED + 1])
    if len(named) == 1:
        return named[0]
    number = NUMBER.search(text)
    page = pages.filter(pk=number[1]).first() if number else None
    if page is not None:
        return page
    offered = list(
        labels(named or list(filter_by_title(pages, text).order_by("title_nb", "pk")[:OFFERED])).values()
    )
    if not offered:
        raise ValidationError(_("No page that can be chosen here has that in its title."))
    said = _("Which one? Choose from the list in the field: %(pages)s") % {"pages": "; ".join(offered)}
    raise ValidationError(said, params={"offered": offered})


def pages_for(purpose: str | None) -> QuerySet[Page]:
    """Return the pages that can be chosen: to lie under, to link to, or to read more on."""
    if purpose == PARENT:
        return Page.objects.kept().exclude(kind__in=Page.ONLY_ONE)
    return destinations.linkable_pages() if purpose == LINK else Page.objects.kept()


def label_of(link: str) -> str:
    """Return how the place behind a stored link is written; "" where there is none."""
    if link in destinations.forms():
        return destinations.forms()[link]
    number = int(link.removeprefix("page:"))
    return labels(list(destinations.linkable_pages().filter(pk=number))).get(number, "")


def find_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with the places that fit what somebody has written so far."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if link := request.GET.get("link"):
        label = label_of(link) if OUR_LINK.fullmatch(link) else ""
        return JsonResponse({"pages": [{"link": link, "label": label}] if label else []})
    purpose, words = request.GET.get("for"), request.GET.get("q", "").strip()[:200]
    pages = pages_for(purpose)
    number = NUMBER.search(words)
    if number:
        pages = pages.filter(pk=number[1])
    else:
        pages = filter_by_title(pages, words) if words else pages.filter(kind=Page.Kind.OVERVIEW)
    excluded = request.GET.get("not", "")
    never = Page.objects.filter(pk=excluded).first() if excluded.isdecimal() and len(excluded) < 19 else None
    some = [one.page for one in with_paths(pages.order_by("title_nb", "pk")[:OFFERED], never_under=never)]
    offered = [
        {"link": f"page:{pk}", "label": label} for pk, label in labels([p for p in some if p != never]).items()
    ]
    if purpose == LINK and not number:
        fits = [(link, name) for link, name in destinations.forms().items() if words.casefold() in name.casefold()]
        offered = [*({"link": link, "label": name} for link, name in fits), *offered]
    return JsonResponse({"pages": offered})
