"""The steps of the ceremony on the page about the keys: each returns the sentence that says it is done."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contact.admin.access.opener import own_opener
from contact.admin.keys.openers import paper_or_own_opener, ready_opener
from contact.keys import colleagues, generations, key_holders, recovery
from contact.keys.ceremony import Ceremony
from contact.keys.keyring import KeyringRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def prove_paper(request: HttpRequest) -> str:
    """Prove the recovery paper with what was typed from it."""
    recovery.prove_paper(request.POST.get("typed", ""), cast("User", request.user))
    return _("The recovery paper is proven: it opens the inbox.")


def delete_paper_file(request: HttpRequest) -> str:
    """Delete the file that the paper was printed from."""
    key_holders.delete_paper_file(cast("User", request.user))
    return _("The file with the paper is deleted from the server.")


def let_in(request: HttpRequest) -> str:
    """Let in the colleagues who were ticked."""
    chosen = set(request.POST.getlist("colleague"))
    waiting = [one.staff_key for one in Ceremony().waiting if one.staff_key and one.fingerprint in chosen]
    if not chosen:
        raise KeyringRefused(_("Tick those who are to be let in, once you have compared the codes."))
    if len(waiting) != len(chosen):
        raise KeyringRefused(_("A colleague has chosen another passphrase meanwhile. Compare the codes again."))
    colleagues.let_in(waiting, paper_or_own_opener(request), cast("User", request.user))
    return _("They can open the inbox now.")


def remove_server(request: HttpRequest) -> str:
    """Take the server's own key away."""
    generations.remove_server(paper_or_own_opener(request), cast("User", request.user))
    return _("The server can no longer open the inbox. Only you and your colleagues, and the paper, can.")


def delete_key_file(request: HttpRequest) -> str:
    """Delete the server's key file, which opens only old copies of the database by then."""
    key_holders.delete_server_key(cast("User", request.user))
    return _("The server's key file is deleted.")


def new_key(request: HttpRequest) -> str:
    """Start a new generation."""
    opener = paper_or_own_opener(request) if request.POST.get("typed") else ready_opener(request)
    generations.new_generation(opener or own_opener(request), cast("User", request.user))
    return _("The inbox has a new key. Everybody who could open it still can.")
