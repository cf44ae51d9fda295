"""An edition in the template of its kind: for a visit, and for a preview."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.live.tree import LiveTree, Node
from pages.models import Edition
from pages.rendering.page import render_edition
from pages.visits.offered_languages import language_links
from pages.visits.site import Site

# Line breaks and indentation take 4 % of a page's compressed bytes and change nothing: no page has <pre> or
# <textarea>.
INDENTATION = re.compile(rb"\n\s+")


def page_context(
    site: Site, tree: LiveTree, node: Node, edition: Edition, *, addresses: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the templates of pages read.

    `tree` holds the node, which the site's own tree may not. `addresses` says where the page is read in each
    language.
    """
    trail = tree.trail(node.page_id, site.language)
    return {
        "page": render_edition(edition, site.moment),
        "language_links": language_links(site.request, site.language, addresses),
        "trail": trail,
        "overview": next((link for link in trail if link.title and link.page_id == node.head["parent"]), None),
        "children": tree.children(node.page_id, site.language),
        "related": tree.related(node.page_id, site.language),
        "audience": node.head.get("audience", ""),
        "page_id": node.page_id,
    }


def render_page(request: HttpRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page as visitors get it."""
    response = render(request, f"pages/{kind}.html", context)
    response.content = INDENTATION.sub(b"\n", response.content)
    return response
