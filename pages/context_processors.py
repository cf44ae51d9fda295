"""What every template can ask for. Nothing is read until it does."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pages.visits.offered_languages import language_links
from pages.visits.site import site_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates `site` (pages.visits.site.Site) and `language_links`.

    A view that knows the addresses of the page it shows passes `language_links` of its own, which win.
    """
    site = site_of(request)
    links = SimpleLazyObject(partial(language_links, request, site.language))
    return {"site": site, "language_links": links}
