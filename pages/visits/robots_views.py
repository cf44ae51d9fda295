"""robots.txt and sitemap.xml, both computed from what is live."""

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.models import Edition, Page
from pages.visits.freshness import mark_fresh
from pages.visits.public_address import public_address
from pages.visits.site import site_of

# The address of a form redirects to one with a token, which no search engine should keep.
FORMS = (Page.Kind.CONTACT_PATIENT, Page.Kind.CONTACT_RELATIVE, Page.Kind.CONTACT_REFERRER)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let robots in: a page that must not be indexed says so itself, which only a robot that reads it can see."""
    sitemap_url = public_address(reverse("sitemap"))
    text = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap_url}\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return mark_fresh(response, until=site_of(request).tree.fresh_until)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every live page in each of its languages, with the day its words were published."""
    tree = site_of(request).live_tree
    live = Edition.objects.filter(pk__in=[n.edition_id for n in tree.nodes.values()])
    published = dict(live.values_list("pk", Coalesce("words_since", "live_from")))
    entries = [
        {
            "changed": published[node.edition_id],
            "urls": {code: public_address(str(node.url(code))) for code in node.head["languages"]},
        }
        for node in tree.nodes.values()
        if node.head["kind"] not in FORMS
    ]
    response = render(request, "pages/sitemap.xml", {"entries": entries}, content_type="application/xml")
    return mark_fresh(response, until=tree.fresh_until)
