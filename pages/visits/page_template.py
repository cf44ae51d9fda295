"""One edition in the template of its kind: for a visit, and for a preview."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.live.tree import LiveTree, Node
from pages.models import Edition
from pages.rendering.page import render_edition
from pages.visits.site import Site

# Means nothing on a published page, which has neither <pre> nor <textarea>, and takes 4 % of its compressed bytes.
INDENTATION = re.compile(rb"\n\s+")


def context_of(site: Site, tree: LiveTree, node: Node, edition: Edition) -> dict[str, Any]:
    """Return what the templates of pages read. `tree` holds the node; the site's own may not."""
    trail = tree.trail(node.page_id, site.language)
    return {
        "page": render_edition(edition, site.moment),
        "trail": trail,
        "overview": next((link for link in trail if link.title and link.page_id == node.head["parent"]), None),
        "children": tree.children(node.page_id, site.language),
        "related": tree.related(node.page_id, site.language),
        "audience": node.head.get("audience", ""),
        "page_id": node.page_id,
    }


def show(request: HttpRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    """Return the page as visitors get it."""
    response = render(request, f"pages/{kind}.html", context)
    response.content = INDENTATION.sub(b"\n", response.content)
    return response
