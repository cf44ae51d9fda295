"""The sections for colleagues and roles; the launch list registers with them."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mestring.launch.checklist import LaunchAdmin
from mestring.roles import RIGHTS
from mestring.staff.colleague_forms import ColleagueForm, NewColleagueForm, NewPasswordForm
from pages.admin.fields.allowed_lookups import OnlyListFilters

__all__ = ["ColleagueAdmin", "LaunchAdmin", "RoleAdmin"]
# Of allauth nothing is shown: no colleague has an address there, and what stands in an authenticator is secret.
admin.site.unregister([User, Group, EmailAddress, Authenticator])


@admin.register(User)
class ColleagueAdmin(OnlyListFilters, UserAdmin):
    """Colleagues who may log in: one form to make an account, one to change it."""

    form = ColleagueForm
    add_form = NewColleagueForm
    change_password_form = NewPasswordForm
    add_form_template = "admin/change_form.html"  # Django's own announces a second step
    change_user_password_template = "admin/new_password.html"  # noqa: S105 (a file)
    fieldsets = (
        (None, {"fields": ("username", "password_link", "second_step_link", "first_name", "last_name")}),
        (gettext_lazy("What this colleague may do"), {"fields": ("groups", "is_superuser", "is_active")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "password1", "password2")}),
        (gettext_lazy("What this colleague may do"), {"fields": ("groups", "is_superuser")}),
    )
    readonly_fields = ("password_link", "second_step_link")
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "roles", "is_active")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Read the roles of all in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Lead back to the list: there is no second step."""
        return super(UserAdmin, self).response_add(request, obj, post_url_continue)

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        """Return the names of the roles, and of the right to do everything."""
        administrator = [_("Administrator")] if user.is_superuser else []
        return ", ".join([*administrator, *(group.name for group in user.groups.all())])

    @admin.display(description=gettext_lazy("Password"))
    def password_link(self, user: User) -> str:
        """Lead to the form for a new password; only a hash of the old one is stored."""
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Set a new password"))

    @admin.display(description=gettext_lazy("Second step"))
    def second_step_link(self, user: User) -> str:
        """Lead to the page for a colleague who has lost phone and recovery codes."""
        url = reverse("admin:second_factor_reset", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Lost phone or recovery codes"))


@admin.register(Group)
class RoleAdmin(OnlyListFilters, GroupAdmin):
    """Roles. Those of mestring.roles are only shown: each deployment finds them by name and sets their rights."""

    filter_horizontal = ()  # Django's two lists side by side speak English

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Keep the site's own roles: a renamed one would stay behind, with its colleagues and its old rights."""
        return not is_own_role(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Keep the site's own roles: a deployment would bring a deleted one back, without its colleagues."""
        return not is_own_role(obj) and super().has_delete_permission(request, obj)


def is_own_role(group: Group | None) -> bool:
    """Say whether a group is one of the site's own roles."""
    return group is not None and group.name in RIGHTS
