"""The steps of the ceremony on the page about the keys: each returns the sentence that says it is done."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from contact.admin.access.opener import own_opener
from contact.admin.keys.openers import paper_opener, paper_or_own_opener, ready_opener
from contact.keys import colleagues, generations, key_holders, recovery
from contact.keys.ceremony import Ceremony
from contact.keys.keyring import KeyringRefused
from contact.keys.staff_keys import is_check_code

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def prove_paper(request: HttpRequest) -> str:
    """Prove the recovery paper with what was typed from it."""
    recovery.prove_paper(request.POST.get("typed", ""), cast("User", request.user))
    return _(
        "The recovery paper is proven: it opens the inbox. Put it in a safe, in another building than the server."
    )


def delete_paper_file(request: HttpRequest) -> str:
    """Delete the file that the paper was printed from."""
    key_holders.delete_paper_file(cast("User", request.user))
    return _("The file with the paper is deleted from the server.")


def let_in(request: HttpRequest) -> str:
    """Let in the colleagues whose codes were typed."""
    codes = {one: request.POST.get(one.code_field, "") for one in Ceremony().waiting}
    chosen = [one.staff_key for one, code in codes.items() if one.staff_key and code.strip()]
    if not chosen:
        raise KeyringRefused(_("Type the code that the colleague reads out."))
    for one, code in codes.items():
        if one.staff_key in chosen and not is_check_code(code, one.staff_key):
            raise KeyringRefused(
                _(
                    "This is not the code of %(name)s. Ask %(name)s to show it again on their page, and type it "
                    "anew. If it is wrong again, an intruder may have changed the key: let no colleague in, and "
                    "tell the person who runs the site."
                )
                % {"name": one.name}
            )
    colleagues.let_in(chosen, paper_or_own_opener(request), cast("User", request.user))
    return _("They can open the inbox now.")


def remove_server(request: HttpRequest) -> str:
    """Take the server's own key away, and its file, which opens only old copies of the database from then on."""
    user = cast("User", request.user)
    generations.remove_server(paper_or_own_opener(request), user)
    key_holders.delete_server_key(user)
    return _(
        "The server can no longer open the inbox, and its key file is deleted. Ask the person who keeps the "
        "backups to delete server_grant.key there too."
    )


def delete_key_file(request: HttpRequest) -> str:
    """Delete the server's key file, which opens only old copies of the database by then."""
    key_holders.delete_server_key(cast("User", request.user))
    return _("The server's key file is deleted.")


def new_key(request: HttpRequest) -> str:
    """Start a new generation."""
    opener = paper_opener(request) or ready_opener(request) or own_opener(request)
    generations.new_generation(opener, cast("User", request.user))
    return _("The inbox has a new key. Everybody who could open it still can.")
