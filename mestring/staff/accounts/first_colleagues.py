"""The lines of the first page about roles that too few colleagues have; on a new site they say where to begin."""

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from contact.permissions import BACKEND, inbox_readers
from mestring.staff.accounts.rules import ADMINISTERS

ENOUGH = 2  # one alone is ill some day


def few_readers(_user: User) -> tuple[str, str] | None:
    """Ask for two colleagues who may read inquiries; a demo has one login."""
    if settings.MODE == "demo" or inbox_readers().count() >= ENOUGH:
        return None
    words = _("Fewer than two colleagues may read inquiries. Invite them, with the role Innboks.")
    return words, reverse("admin:auth_user_add")


def few_administrators(_user: User) -> tuple[str, str] | None:
    """Ask for a second colleague who administers accounts, invited or not; a demo has one login."""
    able = User.objects.with_perm(ADMINISTERS, backend=BACKEND).filter(is_staff=True)
    if settings.MODE == "demo" or able.count() >= ENOUGH:
        return None
    words = _("You alone administer accounts. Invite a second colleague, with the role Kontoer.")
    return words, reverse("admin:auth_user_add")
