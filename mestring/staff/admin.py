"""Colleagues and roles: Django's own forms, with the same bound on what an address may ask."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from pages.admin.lookups import OnlyListFilters

admin.site.unregister([User, Group])


@admin.register(User)
class ColleagueAdmin(OnlyListFilters, UserAdmin):
    """People who may log in."""


@admin.register(Group)
class RoleAdmin(OnlyListFilters, GroupAdmin):
    """Roles. What each may do is put right again at every deploy (mestring.staff.roles)."""
