"""The lines of the first page about accounts without an e-mail address, to which no new password can be sent."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mestring.staff.accounts.rules import ADMINISTERS


def own_address_missing(user: User) -> tuple[str, str] | None:
    """Ask a colleague to have the address put in; those who administer accounts see the other line."""
    if user.email or user.has_perm(ADMINISTERS):
        return None
    words = _("Your account has no e-mail address. Ask a colleague who administers accounts to put it in.")
    return words, reverse("admin:second_factor")


def accounts_without_address(_user: User) -> tuple[str, str] | None:
    """Count the accounts that can be logged in to and have no address."""
    count = User.objects.filter(email="", is_active=True, is_staff=True).count()
    words = ngettext(
        "%(count)d account has no e-mail address.", "%(count)d accounts have no e-mail address.", count
    )
    return (words % {"count": count}, reverse("admin:auth_user_changelist")) if count else None
