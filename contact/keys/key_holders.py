"""The two holders that are no colleague: the server, by a file outside the database, and the recovery paper.

The paper is a file, too, until an administrator prints it. Nothing here prints or logs a secret.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.audit.access_log import note
from contact.crypto.files import write_once
from contact.crypto.sealing import SealBroken
from contact.keys.grants import open_grant
from contact.keys.keyring import KeysMissing, is_private_half, newest_or_none
from contact.keys.recovery_paper import PaperWrong, key_on
from contact.models import AccessEntry, Grant, InboxKey

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OTHER_INBOX = gettext_lazy("This recovery paper belongs to another inbox.")


# --- the server -----------------------------------------------------------------------------------


def server_key_file() -> Path:
    """Return where the server's own key lies: outside the database, a copy of which so opens nothing."""
    return Path(settings.KEY_DIR) / "server_grant.key"


def open_with_server_grant(key: InboxKey) -> X25519PrivateKey:
    """Return the private half of this generation. Raises KeysMissing, SealBroken."""
    try:
        return open_grant(key.grants.get(principal=Grant.Principal.SERVER), _server_private())
    except (OSError, ValueError, Grant.DoesNotExist):
        raise KeysMissing(_("The server's key to the inbox is not here, so nothing can be opened.")) from None


def server_holds_a_grant() -> bool:
    """Say whether the server can still open anything, if it has its key."""
    return server_grants().exists()


def server_grants() -> QuerySet[Grant]:
    """Return the server's grants: one query, or part of another one."""
    return Grant.objects.filter(principal=Grant.Principal.SERVER)


def server_can_open() -> bool:
    """Say whether the server opens the inbox for every colleague who is logged in: the state of a demo.

    Tried, since a file that is there can be cut short, or be of another key.
    """
    newest = server_grants().select_related("key").order_by("-key__generation").first()
    try:
        return newest is not None and is_private_half(open_grant(newest, _server_private()), newest.key)
    except (OSError, ValueError, SealBroken):
        return False


def is_server_key_broken() -> bool:
    """Say whether the inbox was sealed to the server, and the key file that it has does not open it."""
    return server_holds_a_grant() and not server_can_open()


def server_public() -> bytes | None:
    """Return the public half of the server's own key, or None when the file is not here."""
    try:
        return _server_private().public_key().public_bytes_raw()
    except (OSError, ValueError):
        return None


def delete_server_key(by: "User | None" = None) -> None:
    """Delete the server's key file once it opens nothing any more. Raises KeysMissing while it still does."""
    if server_holds_a_grant():
        raise KeysMissing(_("The server still holds a key to the inbox. Remove that first."))
    _delete(server_key_file(), AccessEntry.Action.SERVER_FILE_DELETED, by)


def _server_private() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(server_key_file().read_text(encoding="ascii")))


# --- the recovery paper ---------------------------------------------------------------------------


def paper_file() -> Path:
    """Return where the recovery paper lies until an administrator prints it: with the keys, in no backup."""
    return Path(settings.KEY_DIR) / "recovery-paper.txt"


def take_paper_out_of_the_data() -> None:
    """Move the paper that an earlier version wrote beside the database: a copy of the data carries no key."""
    old = Path(settings.DATA_DIR) / "recovery-paper.txt"
    if old.exists() and write_once(paper_file(), text := old.read_text(encoding="utf-8")) == text:
        old.unlink()


def open_with_recovery(key: InboxKey, paper: str) -> X25519PrivateKey:
    """Return the private half of this generation, opened with the paper's text. Raises PaperWrong."""
    return open_with_paper_key(key, key_on(paper))


def open_with_paper_key(key: InboxKey, paper: X25519PrivateKey) -> X25519PrivateKey:
    """Return the private half of this generation, opened with the paper's key. Raises PaperWrong."""
    try:
        return open_grant(key.grants.get(principal=Grant.Principal.RECOVERY), paper)
    except (SealBroken, Grant.DoesNotExist):
        raise PaperWrong(OTHER_INBOX) from None


def is_paper_proven() -> bool:
    """Say whether the newest generation's printed paper was typed, and opened it."""
    return proven_papers().filter(key=newest_or_none()).exists()


def proven_papers() -> QuerySet[Grant]:
    """Return the recovery grants, of whatever generation, that are proven: one query, or part of another one."""
    return Grant.objects.filter(principal=Grant.Principal.RECOVERY, proven_at__isnull=False)


def read_paper_file() -> str:
    """Return the text of the paper's file. Raises KeysMissing when it is gone."""
    try:
        return paper_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeysMissing(_("The file with the paper is no longer on this server.")) from None


def delete_paper_file(by: "User | None" = None) -> None:
    """Delete the file with the paper once the print is proven. Raises KeysMissing before that."""
    if not is_paper_proven():
        raise KeysMissing(_("Prove the recovery paper first."))
    _delete(paper_file(), AccessEntry.Action.PAPER_FILE_DELETED, by)


def _delete(file: Path, action: AccessEntry.Action, by: "User | None") -> None:
    """Delete a file that holds a key. Logged before: a crash in between leaves the file, to be deleted again."""
    if file.exists():
        note(action, by)
        file.unlink(missing_ok=True)
