"""The sections about backups, for those who administer accounts: the nights; the drills, and the form for one."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mestring.backup.watch.models import BackupNight, Fault, RestoreDrill
from pages.admin.fields.allowed_lookups import OnlyListFilters
from pages.admin.fields.date_fields import FORMFIELD_OVERRIDES


class NeverChanged(OnlyListFilters):
    """What happened is not changed."""

    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Name the list after what stands in it; Django asks to choose a row."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(BackupNight)
class BackupNightAdmin(NeverChanged):
    """The nights, the newest first."""

    list_display = ("at", "result", "stored", "copied")
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("how it went"))
    def result(self, night: BackupNight) -> str:
        """Return what was wrong, in words."""
        return ", ".join(str(Fault(fault).label) for fault in night.faults) or str(_("good"))

    @admin.display(description=_("size"), ordering="size")
    def stored(self, night: BackupNight) -> str:
        """Return the size as people read it."""
        return filesizeformat(night.size)

    @admin.display(description=_("copied away"))
    def copied(self, night: BackupNight) -> str:
        """Say whether the website copied it away."""
        return str(_("copied away") if night.copies else _("not copied away by the website"))


@admin.register(RestoreDrill)
class RestoreDrillAdmin(NeverChanged):
    """The drills, the newest first; the page of each has the button that deletes it."""

    formfield_overrides = FORMFIELD_OVERRIDES
    list_display = ("done_on", "who", "noted_by")
    fields = ("done_on", "who")

    def save_model(self, request: HttpRequest, obj: RestoreDrill, form: ModelForm, change: bool) -> None:
        """Note who wrote it down."""
        obj.noted_by = request.user  # type: ignore[assignment]  # who is logged in here has an account
        super().save_model(request, obj, form, change)
