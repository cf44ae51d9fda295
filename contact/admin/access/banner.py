"""The banner over the inbox: what staff must know about its keys, and what keyholders still have to do."""

from typing import Any

from django.http import HttpRequest

from contact.keys import key_holders, recovery
from contact.permissions import holds_right

KEYHOLDER = "contact.change_grant"


def banner_context(request: HttpRequest) -> dict[str, Any]:
    """Return for staff whether the server can open the inbox, and for keyholders what the paper still needs."""
    holds_keys = holds_right(request.user, KEYHOLDER)
    return {
        "server_can_open": key_holders.server_can_open(),
        "paper_lies_there": key_holders.paper_file().exists(),
        "paper_left_to_do": recovery.paper_left_to_do() if holds_keys else "",
        "new_paper_waits": holds_keys and recovery.is_new_paper_waiting(),
    }
