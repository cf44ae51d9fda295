"""Restricted admin sections: one right decides on every address, before anything is looked up."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from contact.permissions import holds_right

View = Callable[..., HttpResponseBase]


class RestrictedAdmin(admin.ModelAdmin):
    """A list to read and the section's own views; nothing to add, delete, search or act on in bulk.

    Django's own views look some rows up before they ask for a right, so that the response would tell an editor
    whether an inquiry exists. Here every address of the section asks for the right first.
    """

    right = ""  # `app.codename`
    views: Sequence[tuple[str, View, str]] = ()  # address, view `(section, request, …)`, last part of its name
    filters: dict[str, set[str]] = {}  # what may stand in the list's address, with its possible values
    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 50

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the section's own views; all else is 403 or 404, never one of Django's views."""
        info = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", self.guarded(self.changelist_view), name=f"{info}_changelist"),
            *(
                path(address, self.guarded(partial(view, self)), name=f"{info}_{name}")
                for address, view, name in self.views
            ),
            path("<path:rest>", self.guarded(self.nothing_here)),
        ]

    def guarded(self, view: View) -> View:
        """Return the view behind the login and behind this section's right."""

        def check_right(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.allows(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return self.admin_site.admin_view(check_right)

    def render(
        self, request: HttpRequest, template: str, context: dict[str, Any], **more: Any
    ) -> TemplateResponse:
        """Return a page of this section inside the frame of the admin; `more` is a status or headers."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, frame | context, **more)

    def allows(self, request: HttpRequest) -> bool:
        """Say whether this person may enter the section at all."""
        return holds_right(request.user, self.right)

    def nothing_here(self, _request: HttpRequest, rest: str) -> HttpResponseBase:
        """Answer 404 for history, delete, add and every invented address."""
        raise Http404

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow the list's own filters with their own values: no regex, no way into other tables."""
        return value in self.filters.get(lookup.removesuffix("__exact"), set())

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the section only to people who may enter it."""
        return self.allows(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let everybody who may enter read."""
        return self.allows(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: nothing is edited in a form."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: nothing is added by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: nothing is deleted by hand."""
        return False
