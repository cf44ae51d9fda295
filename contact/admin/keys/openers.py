"""What opens the inbox for a step of a keyholder: the recovery paper, the colleague's own key, or the server."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from contact.admin.access.opener import is_unlocked, own_opener
from contact.keys import key_holders, recovery
from contact.keys.keyring import KeyringRefused, Opener
from contact.permissions import may_read_inbox
from contact.unlocking import open_paper

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COOKIE = "__Host-paper"  # the half of the paper's key that is not in the session


def paper_or_own_opener(request: HttpRequest) -> Opener:
    """Return what opens with the paper if it was typed, otherwise with what this person has unlocked."""
    return paper_opener(request) or own_opener(request)


def paper_opener(request: HttpRequest) -> Opener | None:
    """Return what opens with the paper, typed now or in the last ten minutes; None without it."""
    if request.POST.get("typed", "").strip():
        return typed_opener(request)
    private = open_paper.open_paper(request.session, cast("User", request.user), request.COOKIES.get(COOKIE, ""))
    return None if private is None else (lambda key: key_holders.open_with_paper_key(key, private))


def keep_open(request: HttpRequest, response: HttpResponse) -> None:
    """Let the paper that was typed, and found to be right, serve for ten minutes."""
    if typed := request.POST.get("typed", "").strip():
        half = open_paper.keep_paper_open(request.session, cast("User", request.user), typed)
        response.set_cookie(COOKIE, half, secure=True, httponly=True, samesite="Strict")


def typed_opener(request: HttpRequest) -> Opener:
    """Return what opens with the paper that was typed."""
    return recovery.paper_opener(request.POST.get("typed", ""), cast("User", request.user))


def ready_opener(request: HttpRequest) -> Opener | None:
    """Return what opens without asking for anything: this person's key, the server's, or None."""
    if is_unlocked(request):
        return own_opener(request)
    return key_holders.open_with_server_grant if key_holders.server_can_open() else None


def ask_for_a_reader(request: HttpRequest) -> None:
    """Raise KeyringRefused for a keyholder who may not read: a paper opens everything."""
    if not may_read_inbox(cast("User", request.user)):
        raise KeyringRefused(_("You may not read inquiries."))


def reader_opener(request: HttpRequest) -> Opener:
    """Return what opens for a keyholder who may read. Raises KeyringRefused.

    The server's key opens nothing for a keyholder who may not read: the new paper would open everything to them.
    """
    ask_for_a_reader(request)
    opener = ready_opener(request)
    if opener is None:
        raise KeyringRefused(_("The inbox is locked. Unlock it first."))
    return opener
