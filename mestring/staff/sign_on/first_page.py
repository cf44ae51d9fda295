"""The line of the first page for those who administer accounts: who gets in while the provider is away."""

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import ngettext

from mestring.staff.sign_on.links import ENOUGH, administrators_with_passkey
from mestring.staff.sign_on.provider import is_set_up


def few_local_passkeys(_user: User | None = None) -> tuple[str, str] | None:
    """Say that fewer than two administrators have a passkey of this site; None where single sign-on is off."""
    if not is_set_up() or (number := administrators_with_passkey()) >= ENOUGH:
        return None
    words = ngettext(
        "%(count)d administrator has a passkey made here. There should be two: others do not get in while "
        "%(provider)s does not answer.",
        "%(count)d administrators have a passkey made here. There should be two: others do not get in while "
        "%(provider)s does not answer.",
        number,
    )
    return words % {"count": number, "provider": settings.SIGN_ON_NAME}, reverse("admin:second_factor")
