"""What speaks for or against those who open the inbox and get into the admin."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contact.keys import recovery
from contact.keys.generations import staff_grants
from contact.keys.key_holders import server_holds_a_grant
from contact.models import InboxKey
from contact.permissions import inbox_readers
from mestring.launch.evidence.sentence import Evidence
from mestring.staff.sign_on.first_page import few_local_passkeys
from mestring.staff.sign_on.provider import is_set_up

ENOUGH_STAFF = 2


def recovery_paper() -> Evidence:
    """Speak against the launch until a keyholder has typed from the paper: only that proves that it opens."""
    url = reverse("admin:contact_grant_changelist")
    match recovery.paper_left_to_do():
        case "prove":
            return Evidence(_("The recovery paper is not proven yet."), url, against=True)
        case "delete":
            words = _("The recovery paper is proven, but its file still lies on the server.")
            return Evidence(words, url, against=True)
        case _:
            return Evidence(_("The recovery paper is proven, and its file is gone from the server."), url)


def two_staff() -> Evidence:
    """Speak against the launch while one colleague alone can open the inbox: some day that colleague is ill.

    Once the inbox has a key, only colleagues count who have been let in with a passphrase of their own, and the
    server must hold no key any more: an intruder who takes it over would read everything.
    """
    if server_holds_a_grant():
        words = _("The server can still open the inbox, and with it an intruder who takes it over.")
        return Evidence(words, reverse("admin:contact_grant_changelist"), against=True)
    if InboxKey.objects.exists():
        section, number = "contact_grant", staff_grants().count()
    else:
        section, number = "auth_user", inbox_readers().count()
    words = ngettext("%(number)d person can open the inbox.", "%(number)d people can open the inbox.", number)
    url = reverse(f"admin:{section}_changelist")
    return Evidence(words % {"number": number}, url, against=number < ENOUGH_STAFF)


def local_passkeys() -> Evidence | None:
    """Speak against the launch while fewer than two administrators get in without the provider of single sign-on.

    The site sees it itself, so no administrator ticks it. None where single sign-on is off.
    """
    if not is_set_up():
        return None
    if line := few_local_passkeys():
        return Evidence(*line, against=True)
    return Evidence(_("Two administrators have a passkey made here."), reverse("admin:second_factor"))
