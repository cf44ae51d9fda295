"""The two addresses: where it begins, and the page to work down."""

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from mestring.staff.incident.pages import begin_view, incident_view


def incident_addresses(site: AdminSite) -> list[URLPattern]:
    """Return them, behind the login."""
    return [
        path("incident/", site.admin_view(partial(begin_view, site)), name="incident_begin"),
        path("incident/<int:pk>/", site.admin_view(partial(incident_view, site)), name="incident"),
    ]
