"""What every template can ask for."""

from typing import Any

from django.http import HttpRequest

from pages.site import site_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates `site` (pages.site.Site): nothing is read until a template asks."""
    return {"site": site_of(request)}
