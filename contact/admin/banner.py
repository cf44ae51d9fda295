"""The banner over the inbox: what staff must know about its keys, and keyholders must still do."""

from typing import Any

from django.http import HttpRequest

from contact import keys, recovery

KEYHOLDER = "contact.change_grant"


def banner(request: HttpRequest) -> dict[str, Any]:
    """Tell staff that the server can open what they read, and keyholders what is left to do with the paper."""
    file = keys.paper_file()
    return {
        "server_can_open": keys.server_holds_a_grant(),
        "paper_name": file.name if file.exists() else "",
        "paper_left_to_do": recovery.left_to_do() if request.user.has_perm(KEYHOLDER) else "",
    }
