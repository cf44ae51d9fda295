"""Visits: an address leads to the live edition of a page, in at most three queries."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from pages.live.tree import Node
from pages.models import Address, Edition, Page
from pages.visits.freshness import mark_fresh
from pages.visits.page_template import page_context, render_page
from pages.visits.site import Site, site_of


class NotInThisLanguage(Http404):
    """The page is live, but not in the language asked for; `addresses` has its address in each that it has."""

    def __init__(self, node: Node) -> None:
        super().__init__("not in this language")
        self.addresses = {code: url for code, _name in settings.LANGUAGES if (url := node.url(code))}
        self.language = next(iter(self.addresses), "")
        self.offer = node.link(self.language)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page."""
    site = site_of(request)
    node = site.live_tree.of_kind(Page.Kind.FRONT)
    if node is None:
        raise Http404
    return _show(request, site, node)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live page at an address, or redirect from a former or another language's address to its own."""
    site = site_of(request)
    node = site.live_tree.at_slug(slug, site.language)
    if node is None:
        return _redirect_former(site, slug)
    return _show(request, site, node)


def _show(request: HttpRequest, site: Site, node: Node) -> HttpResponse:
    if site.language not in node.head["languages"]:
        raise NotInThisLanguage(node)
    edition = Edition.objects.get(pk=node.edition_id)
    addresses = {code: url for code in node.head["languages"] if (url := node.url(code))}
    context = page_context(site, site.tree, node, edition, addresses=addresses)
    return mark_fresh(render_page(request, node.head["kind"], context), until=site.fresh_until)


def _redirect_former(site: Site, slug: str) -> HttpResponse:
    """Lead on from a former address, or from an address of another language with this one's prefix."""
    addresses = list(Address.objects.filter(path=slug).order_by("pk"))
    here = [address for address in addresses if address.language == site.language] or addresses
    node = next((node for address in here if (node := site.tree.nodes.get(address.page_id))), None)
    if node is None:
        raise Http404
    url = node.url(site.language)
    if url is None:
        raise NotInThisLanguage(node)
    return mark_fresh(HttpResponsePermanentRedirect(url), until=site.tree.fresh_until)
