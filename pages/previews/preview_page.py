"""A preview: an edition, stored or not, in the template that visitors get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from pages.languages import LANGUAGES
from pages.live.tree import Node
from pages.models import Edition, Page
from pages.visits.page_template import page_context, render_page
from pages.visits.site import site_of

ON_CONTACT_PAGES = {
    Page.Kind.CONTACT, Page.Kind.CONTACT_PATIENT, Page.Kind.CONTACT_RELATIVE, Page.Kind.CONTACT_REFERRER,
}  # fmt: skip


@dataclass(frozen=True)
class PreviewOptions:
    """What the templates have to know of a preview."""

    framed: bool = False  # in a frame of the admin, whose own page says what this is
    until: datetime | None = None  # when a share link stops working
    undated: bool = False  # not published: no day can stand under "Last changed"
    several_languages: bool = False


def languages_begun(edition: Edition) -> list[str]:
    """Return the languages in which there is something to look at: those with a title."""
    return [code for code in LANGUAGES if edition.head["title"].get(code)]


def preview_page(
    request: HttpRequest, edition: Edition, language: str, addresses: Mapping[str, str], options: PreviewOptions
) -> HttpResponse:
    """Return the edition as visitors would read it if it were live now; all around it is the live site.

    `addresses` says where the preview is read in each language. No robot and no cache keeps the response.
    """
    request.LANGUAGE_CODE = language
    with translation.override(language):
        site = site_of(request)
        node = Node(edition.page_id or 0, edition.pk or 0, edition.head)
        context = page_context(site, site.tree.with_node(node), node, edition, addresses=addresses)
        response = _render(request, edition.head["kind"], context | {"preview": options})
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _render(request: HttpRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    if kind not in ON_CONTACT_PAGES:
        return render_page(request, kind, context)
    # The contact app renders its pages itself; their words are pages of ours (CONTACT_WORDS).
    words = {"preview": context["preview"], "words": context["page"]}
    preview: Any = import_string(settings.CONTACT_PREVIEW)
    response: HttpResponse = preview(request, kind, words | {"language_links": context["language_links"]})
    return response
