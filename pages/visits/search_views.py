"""The search page. What a visitor searches for is stored nowhere and sent on nowhere."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from pages.models import Helpline
from pages.search.crisis import tells_of_a_crisis
from pages.search.query import search_pages
from pages.search.stemming import LONGEST_QUESTION, asks_for_our_answer, clean_question
from pages.visits.site import PublicHelpline, Site, site_of

ON_A_PAGE = 10
ON_THE_CARD = {"tel:113", "tel:112", "tel:116117"}


@dataclass(frozen=True)
class SearchHit:
    """A page found, as the visitor reads it."""

    url: str
    title: SafeString
    snippet: SafeString


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the search field and, when the visitor asked for something, the pages found."""
    site = site_of(request)
    typed = clean_question(request.GET.get("q", ""))
    question = typed[:LONGEST_QUESTION]
    answer = search_pages(question, site.moment)
    rows = [(url, result) for result in answer.results if (url := site.tree.url(result.page_id, site.language))]
    crisis, (on_the_card, others) = tells_of_a_crisis(typed), divide_helplines(site)
    hits_page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "too_long": len(typed) > LONGEST_QUESTION,
        "complete": answer.complete,
        "hits_page": hits_page,
        "hits": [SearchHit(url, result.title, result.snippet) for url, result in hits_page],
        "suggestion": "" if crisis else answer.suggestion,  # another spelling is no answer to a cry for help
        "crisis": crisis,
        "in_danger": site.tree.in_danger(site.language),
        "on_the_card": on_the_card,
        "helplines": others if crisis else site.helplines,
        "asks_for_our_answer": asks_for_our_answer(question),
    }
    return forbid_storing(render(request, "pages/search.html", context))


def divide_helplines(site: Site) -> tuple[list[PublicHelpline], list[PublicHelpline]]:
    """Return the helplines that the card for a visitor in a crisis adds to its own three numbers, and the rest."""
    lines = [line for line in site.helplines if line.phone.href not in ON_THE_CARD]
    for_everyone = [line for line in lines if line.audience == Helpline.Audience.EVERYONE]
    return for_everyone, [line for line in lines if line not in for_everyone]


def forbid_storing(response: HttpResponse) -> HttpResponse:
    """Let no cache store the response, and let no page or file it links to learn the question from the referrer.

    The page has no form that posts: with `no-referrer`, Chromium would send `Origin: null` with it.
    """
    patch_cache_control(response, no_store=True)
    response["Referrer-Policy"] = "no-referrer"
    return response
