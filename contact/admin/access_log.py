"""The access log to read: all of it as a list, and the history of one inquiry or one colleague in sentences."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.wording.log_sentences import describe_entry, grouped_log_lines, log_lines
from contact.models import AccessEntry, Inquiry
from contact.permissions import holds_right

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action
PER_PAGE = 50
NEWEST, READ = 10, 50  # lines on the inquiry's own page, and entries read for them: each refused form is a look
LARGEST_ID = 2**63 - 1  # that a database holds
# When colleagues come and go is for readers who also administer accounts or hold keys: those two answer for
# colleagues, and one person need not be both. What happens to inquiries, keys and accounts is for all readers.
ANSWER_FOR_COLLEAGUES = ("auth.change_user", "contact.change_grant")
COMING_AND_GOING = [
    Action.LOGGED_IN, Action.LOGGED_OUT, Action.LOGIN_FAILED, Action.LISTED, Action.NAMES_SEEN,
    Action.UNLOCKED, Action.LOCKED,
]  # fmt: skip
# What is done because something has happened with an account is not told to its user, who may be a thief.
QUIET = [Action.INCIDENT, Action.INCIDENT_ENDED, Action.LOGINS_ENDED]


def answers_for_colleagues(user: Any) -> bool:
    """Say whether a reader may see when each colleague comes and goes."""
    return any(holds_right(user, right) for right in ANSWER_FOR_COLLEAGUES)


def without_quiet(entries: QuerySet[AccessEntry], reader: Any) -> QuerySet[AccessEntry]:
    """Leave out what others did quietly about this reader's own account."""
    return entries.exclude(Q(action__in=QUIET, about=reader.get_username()) & ~Q(user_id=reader.pk))


def history_panel(inquiry: Inquiry) -> dict[str, Any]:
    """Return for the inquiry's own page the newest entries about it, and whether there are more."""
    entries = list(AccessEntry.objects.filter(inquiry_id=inquiry.pk)[: READ + 1])
    rows = grouped_log_lines(entries[:READ])
    return {"history": rows[:NEWEST], "history_goes_on": len(rows) > NEWEST or len(entries) > READ}


@method_decorator(require_safe)
def inquiry_history(section: RestrictedAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everything that happened to one inquiry, also to an erased one."""
    entries = AccessEntry.objects.filter(inquiry_id=pk)
    if (newest := entries.first()) is None:
        raise Http404
    title = _("What happened to inquiry %(reference)s") % {"reference": newest.reference}
    back = reverse("admin:contact_inquiry_change", args=[pk]) if Inquiry.objects.filter(pk=pk).exists() else ""
    return _history_page(section, request, entries, title, back_to_inquiry=back)


@method_decorator(require_safe)
def colleague_history(section: RestrictedAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that one colleague did here, also one whose account is deleted."""
    if not answers_for_colleagues(request.user):
        raise PermissionDenied
    if pk > LARGEST_ID:
        raise Http404
    colleague: User | None = get_user_model().objects.filter(pk=pk).first()
    entries = without_quiet(AccessEntry.objects.filter(user_id=pk), request.user)
    newest = entries.first()
    if newest is None and colleague is None:
        raise Http404
    name = colleague.get_username() if colleague else newest.username if newest else ""
    title = _("What %(name)s did in the inbox") % {"name": name}
    return _history_page(section, request, entries, title, with_reference=True)


def _history_page(
    section: RestrictedAdmin,
    request: HttpRequest,
    entries: QuerySet[AccessEntry],
    title: str,
    *,
    back_to_inquiry: str = "",
    with_reference: bool = False,
) -> HttpResponse:
    """Show a page of entries, all of them or those of one kind."""
    kinds = set(entries.order_by().values_list("action", flat=True).distinct())
    kind = request.GET.get("action", "")
    if kind in kinds:
        entries = entries.filter(action=kind)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "page": page,
        "history": log_lines(page.object_list),
        "kinds": [(value, label) for value, label in Action.choices if value in kinds],
        "kind": kind if kind in kinds else "",
        "with_reference": with_reference,
        "back_to_inquiry": back_to_inquiry,
    }
    return section.render(request, "admin/contact/access_log.html", context)


@admin.register(AccessEntry)
class AccessLogAdmin(RestrictedAdmin):
    """The log as a list to read. All colleagues who read inquiries see who else does."""

    right = "contact.view_accessentry"
    views = [
        ("inquiry/<uuid:pk>/", inquiry_history, "inquiry"),
        ("colleague/<int:pk>/", colleague_history, "colleague"),
    ]
    list_display = ["at", "what", "of_inquiry", "of_colleague"]
    list_display_links = None
    list_filter = ["action"]
    filters = {"action": set(Action.values)}
    sortable_by = ["at"]
    ordering = ["-at"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Give the list its own title: Django's asks to select an entry."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, (extra_context or {}) | title)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessEntry]:
        """Show when colleagues come and go to those who answer for them only; everybody sees their own.

        The nightly rehearsals are shown when they are asked for: they say nothing of what people did.
        """
        entries = without_quiet(super().get_queryset(request), request.user)
        if request.GET.get("action__exact") != Action.REHEARSED:
            entries = entries.exclude(action=Action.REHEARSED)
        if answers_for_colleagues(request.user):
            return entries
        return entries.filter(~Q(action__in=COMING_AND_GOING + QUIET) | Q(user_id=request.user.pk))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Link a colleague's history for those who answer for colleagues only."""
        may = answers_for_colleagues(request.user)
        return [*self.list_display[:3], self.list_display[3] if may else "username"]

    @admin.display(description=gettext_lazy("What happened"))
    def what(self, entry: AccessEntry) -> str:
        """Return the entry in words."""
        return describe_entry(entry)

    @admin.display(description=gettext_lazy("reference"))
    def of_inquiry(self, entry: AccessEntry) -> str:
        """Link all that happened to this inquiry."""
        if entry.inquiry_id is None:
            return ""
        url = reverse("admin:contact_accessentry_inquiry", args=[entry.inquiry_id])
        return format_html('<a href="{}">{}</a>', url, entry.reference)

    @admin.display(description=gettext_lazy("user"))
    def of_colleague(self, entry: AccessEntry) -> str:
        """Link all that this colleague did."""
        if entry.user_id is None:
            return entry.username
        url = reverse("admin:contact_accessentry_colleague", args=[entry.user_id])
        return format_html('<a href="{}">{}</a>', url, entry.username)
