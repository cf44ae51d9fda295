"""The access log as a list: also what happened to inquiries that are erased by now."""

from django.contrib import admin

from contact.admin.closed import ClosedAdmin
from contact.models import AccessEntry


@admin.register(AccessEntry)
class AccessLogAdmin(ClosedAdmin):
    """Read only."""

    right = "contact.view_accessentry"
    list_display = ["at", "reference", "action", "username", "about"]
    list_display_links = None
    list_filter = ["action"]
    filters = {"action": set(AccessEntry.Action.values)}
    sortable_by = ["at"]
    ordering = ["-at"]
