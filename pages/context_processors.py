"""What every template can ask for."""

from typing import Any

from django.http import HttpRequest

from pages.visits.site import site_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates `site` (pages.visits.site.Site): nothing is read until a template asks."""
    return {"site": site_of(request)}
