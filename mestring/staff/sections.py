"""Sections of the admin and their histories that a colleague may not see, whatever stands in them."""

from django.apps import apps
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse


def is_forbidden_section(site: AdminSite, request: HttpRequest) -> bool:
    """Return whether the address lies in an app of which this colleague may see nothing."""
    root = reverse("admin:index", current_app=site.name)
    section = request.path.removeprefix(root).split("/", 1)[0]
    admins = [site._registry[model] for model in site._registry if model._meta.app_label == section]
    return section in apps.app_configs and not any(one.has_module_permission(request) for one in admins)


def is_forbidden_history(site: AdminSite, request: HttpRequest) -> bool:
    """Return whether this is the history of a row that the colleague may not see, or that does not exist.

    Django answers the latter with a redirect, which tells a colleague which numbers are in use.
    """
    name = request.resolver_match.url_name if request.resolver_match else ""
    sections = {
        f"{model._meta.label_lower.replace('.', '_')}_history": one for model, one in site._registry.items()
    }
    return name in sections and not sections[name].has_view_or_change_permission(request)
