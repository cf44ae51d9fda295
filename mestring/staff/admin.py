"""The sections for colleagues and roles; the launch list registers with them."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mestring.launch.checklist import LaunchAdmin
from mestring.roles import RIGHTS
from mestring.staff.accounts.changes import account_changed, account_deleted, state_of
from mestring.staff.accounts.invitations import welcome
from mestring.staff.accounts.link_page import link_page
from mestring.staff.accounts.links import is_invited
from mestring.staff.accounts.rules import opens_inbox
from mestring.staff.colleague_forms import ColleagueForm, NewColleagueForm
from mestring.staff.sign_on.links import is_linked
from mestring.staff.sign_on.provider import is_set_up
from pages.admin.fields.allowed_lookups import OnlyListFilters

__all__ = ["ColleagueAdmin", "LaunchAdmin", "RoleAdmin"]
# Of allauth nothing is shown: no colleague has an address there, and what stands in an authenticator is secret.
admin.site.unregister([User, Group, EmailAddress, Authenticator])


@admin.register(User)
class ColleagueAdmin(OnlyListFilters, UserAdmin):
    """Colleagues who may log in: one form to make an account, one to change it."""

    form = ColleagueForm
    add_form = NewColleagueForm
    add_form_template = "admin/change_form.html"  # Django's own announces a second step
    fieldsets = (
        (None, {"fields": ("username", "password_link", "second_step_link", "first_name", "last_name", "email")}),
        (gettext_lazy("What this colleague may do"), {"fields": ("groups", "is_active", "incident_link")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        (gettext_lazy("What this colleague may do"), {"fields": ("groups",)}),
    )
    readonly_fields = ("password_link", "second_step_link", "sign_on_link", "incident_link")
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Read the roles of all in one query."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Show the right to everything where an account has it: it is taken away here, and given at the server.

        Single sign-on has a line where it is set up; the own connection has a page of its own.
        """
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        (nothing, about), (title, may) = fieldsets
        names, rights = about["fields"], may["fields"]
        if is_set_up() and obj != request.user:
            names = (*names[:3], "sign_on_link", *names[3:])
        if obj.is_superuser:
            rights = (*rights, "is_superuser")
        return (nothing, {"fields": names}), (title, {"fields": rights})

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who fills it in."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Remember what is stored before it is changed."""
        form.before = state_of(obj) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Log and tell what has changed, roles included; invite a new colleague."""
        super().save_related(request, form, formsets, change)
        by: User = request.user  # type: ignore[assignment]  # the site lets no one else in
        if change:
            account_changed(form.instance, by, form.before)
        else:
            welcome(form.instance, by)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Lead to the page that says where the invitation is, unless another account is to be made."""
        if "_addanother" in request.POST:
            return super(UserAdmin, self).response_add(request, obj, post_url_continue)
        return redirect("admin:auth_user_password_change", obj.pk)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Have the colleague sent a link, in place of Django's form: no one types a password for another."""
        person = self.get_object(request, unquote(id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return link_page(self, request, person)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Ask that an account is closed before it is deleted: closing looks whether it is the last of its kind."""
        return not (obj and obj.is_active) and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Log who deletes whose account."""
        account_deleted(obj, request.user)  # type: ignore[arg-type]
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Log each."""
        for person in queryset:
            account_deleted(person, request.user)  # type: ignore[arg-type]
        super().delete_queryset(request, queryset)

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        """Return the names of the roles, and of the right to do everything."""
        administrator = [_("Administrator")] if user.is_superuser else []
        return ", ".join([*administrator, *(group.name for group in user.groups.all())])

    @admin.display(description=gettext_lazy("Password"))
    def password_link(self, user: User) -> str:
        """Lead to the page that sends the link to choose one; only a hash of the password is stored."""
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html(
            '<a href="{}">{}</a>',
            url,
            _("Invitation") if is_invited(user) else _("Send a link for a new password"),
        )

    @admin.display(description=gettext_lazy("Second step"))
    def second_step_link(self, user: User) -> str:
        """Lead to the page for a colleague who has lost phone and recovery codes."""
        url = reverse("admin:second_factor_reset", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Lost phone or recovery codes"))

    @admin.display(description=gettext_lazy("Something has happened"))
    def incident_link(self, user: User) -> str:
        """Lead to the page for an account that a stranger may have used."""
        url = f"{reverse('admin:incident_begin')}?account={user.pk}"
        return format_html('<a href="{}">{}</a>', url, _("A stolen computer, or a stranger in the account"))

    @admin.display(description=gettext_lazy("Single sign-on"))
    def sign_on_link(self, user: User) -> str:
        """Lead to the page for a colleague whose account at the provider is lost."""
        if not is_linked(user):
            return _("Not connected")
        url = reverse("admin:sign_on_unlink", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Take the connection away"))


@admin.register(Group)
class RoleAdmin(OnlyListFilters, GroupAdmin):
    """Roles. Those of mestring.roles are only shown: each deployment finds them by name and sets their rights."""

    filter_horizontal = ()  # Django's two lists side by side speak English

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any) -> Any:
        """Offer rights over pages. Those over inquiries and accounts come with the site's own roles.

        Those are given under the rules. What else there is, as of the libraries, opens no section.
        """
        rights = Permission.objects.filter(content_type__app_label="pages")
        kwargs["queryset"] = rights.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request=request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Keep the site's own roles: a renamed one would stay behind, with its colleagues and its old rights."""
        return not is_kept(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Keep the site's own roles: a deployment would bring a deleted one back, without its colleagues."""
        return not is_kept(obj) and super().has_delete_permission(request, obj)


def is_kept(group: Group | None) -> bool:
    """Say whether a group is one of the site's own roles, or one from before that lets colleagues into the inbox.

    The rules of accounts look at each colleague; a group that changes under them would pass by.
    """
    return group is not None and (group.name in RIGHTS or opens_inbox(group))
