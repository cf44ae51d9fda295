"""The banner over the inbox: what staff must know about its keys, and keyholders must still do."""

from typing import Any

from django.http import HttpRequest

from contact.keys import key_holders, recovery

KEYHOLDER = "contact.change_grant"


def banner(request: HttpRequest) -> dict[str, Any]:
    """Tell staff that the server can open what they read, and keyholders what is left to do with the paper."""
    file, holds_keys = key_holders.paper_file(), request.user.has_perm(KEYHOLDER)
    return {
        "server_can_open": key_holders.server_holds_a_grant(),
        "paper_name": file.name if file.exists() else "",
        "paper_left_to_do": recovery.paper_left_to_do() if holds_keys else "",
        "new_paper_waits": holds_keys and recovery.is_new_paper_waiting(),
    }
