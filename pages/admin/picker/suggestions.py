"""The list that a picker offers while an editor writes in it."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse

from mestring.typed_text.norwegian_order import norwegian_order
from pages.admin.picker.destinations import LINK, form_names, pages_for
from pages.admin.picker.labels import MOST_OFFERED, link_label, number_in, page_labels
from pages.admin.picker.title_search import filter_by_title, with_paths
from pages.models import Page
from pages.richtext.allowed_markup import OUR_LINK

Suggestion = dict[str, str]  # the stored link and its label


def find_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with the pages and forms that match what the editor has written, or with the label of one link."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if link := request.GET.get("link"):
        return JsonResponse({"pages": _stored_link(link)})
    purpose, words = request.GET.get("for"), request.GET.get("q", "").strip()[:200]
    forms = _matching_forms(words) if purpose == LINK and not number_in(words) else []
    pages = _matching_pages(pages_for(purpose), words, request.GET.get("not", ""))
    return JsonResponse({"pages": [*forms, *pages]})


def _stored_link(link: str) -> list[Suggestion]:
    label = link_label(link) if OUR_LINK.fullmatch(link) else ""
    return [{"link": link, "label": label}] if label else []


def _matching_forms(words: str) -> list[Suggestion]:
    names = form_names().items()
    return [{"link": link, "label": name} for link, name in names if words.casefold() in name.casefold()]


def _matching_pages(pages: QuerySet[Page], words: str, excluded: str) -> list[Suggestion]:
    """Return the first pages that match; neither the excluded page nor one that lies under it."""
    if number := number_in(words):
        pages = pages.filter(pk=number)
    else:
        pages = filter_by_title(pages, words) if words else pages.filter(kind=Page.Kind.OVERVIEW)
    never = Page.objects.filter(pk=excluded).first() if excluded.isdecimal() and len(excluded) < 19 else None
    matches = with_paths(pages.order_by(norwegian_order("title_nb"), "pk")[:MOST_OFFERED], never_under=never)
    labels = page_labels([match.page for match in matches if match.page != never])
    return [{"link": f"page:{page_id}", "label": label} for page_id, label in labels.items()]
