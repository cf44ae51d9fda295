"""Colleagues and roles as Django has them, bounded in what an address may ask; and the launch list."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from mestring.staff.launch_list import LaunchAdmin
from pages.admin.lookups import OnlyListFilters

__all__ = ["ColleagueAdmin", "LaunchAdmin", "RoleAdmin"]
admin.site.unregister([User, Group])


@admin.register(User)
class ColleagueAdmin(OnlyListFilters, UserAdmin):
    """People who may log in."""


@admin.register(Group)
class RoleAdmin(OnlyListFilters, GroupAdmin):
    """Roles. What each may do is put right again at every deploy (mestring.staff.roles)."""
