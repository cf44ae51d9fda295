"""The address that others are given: the site's own, and never the name by which this request has reached it."""

from django.conf import settings
from django.utils.encoding import iri_to_uri


def public_address(path: str) -> str:
    """Return a path with the scheme and host that visitors use."""
    return f"{settings.SITE_ADDRESS}{iri_to_uri(path)}"


def public_host() -> str:
    """Return the host name and port that visitors use."""
    return str(settings.SITE_ADDRESS).partition("://")[2]
