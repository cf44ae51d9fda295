"""The keyring: one inbox key per generation, opened by those who hold a grant.

Everyone can seal, because the public half lies in the database. To open takes a grant: the inbox's private
half, sealed to a principal. The *server's* key is a file outside the database; the *recovery paper* is a
file until somebody prints it. Nothing here ever prints or logs a secret.
"""

import logging
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.crypto.files import append_line, write_once
from contact.crypto.sealing import SealBroken
from contact.keys.grants import give, open_grant, vouch
from contact.keys.recovery_paper import PaperWrong, key_on, new_paper
from contact.models import Grant, InboxKey

log = logging.getLogger(__name__)
# How the server, a colleague or the paper opens a generation. Raises KeysMissing or PaperWrong.
Opener = Callable[[InboxKey], X25519PrivateKey]
OTHER_INBOX = gettext_lazy("This recovery paper belongs to another inbox.")


class KeysMissing(Exception):
    """The key that is needed is not here. The message says which, and never anything about its content."""


def server_key_file() -> Path:
    """Return where the server's own key lies: outside the database, so that a copy of it opens nothing."""
    return Path(settings.KEY_DIR) / "server_grant.key"


def fingerprint_file() -> Path:
    """Return where the fingerprint of each generation is pinned, one line `generation fingerprint` each."""
    return Path(settings.KEY_DIR) / "inbox_fingerprints"


def paper_file() -> Path:
    """Return where the recovery paper lies until somebody prints it."""
    return Path(settings.DATA_DIR) / "recovery-paper.txt"


def make_keyring() -> InboxKey:
    """Make generation 1 with both grants, or return it when it exists. Safe to repeat and to interrupt.

    Key file and paper are on disk before the grants commit: a crash in between leaves two unused files,
    which the next run takes up, and never a grant that nobody can open.
    """
    key = InboxKey.objects.filter(generation=1).first() or _make_first_generation()
    write_once(fingerprint_file(), f"{key.generation} {fingerprint(key)}\n")
    return key


def public_key() -> tuple[InboxKey, X25519PublicKey]:
    """Return the newest generation, to which inquiries are sealed.

    A fingerprint other than the pinned one is an error for the log, never a reason to turn away somebody
    who asks for help.
    """
    key = newest_key()
    if not is_pinned(key):
        log.error("the inbox key of generation %s is not the pinned one", key.generation)
    return key, X25519PublicKey.from_public_bytes(bytes(key.public_key))


def newest_key() -> InboxKey:
    """Return the newest generation. Raises KeysMissing."""
    key = InboxKey.objects.order_by("-generation").first()
    if key is None:
        raise KeysMissing(_("The inbox has no key yet. Run: manage.py inbox setup"))
    return key


def is_pinned(key: InboxKey) -> bool:
    """Say whether this key's fingerprint is the one that was written down outside the database."""
    try:
        pinned = fingerprint_file().read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return f"{key.generation} {fingerprint(key)}" in pinned


def open_with_server_grant(key: InboxKey) -> X25519PrivateKey:
    """Return the private half of this generation. Raises KeysMissing, SealBroken."""
    try:
        private = bytes.fromhex(server_key_file().read_text(encoding="ascii"))
        grant = key.grants.get(principal=Grant.Principal.SERVER)
        return open_grant(grant, X25519PrivateKey.from_private_bytes(private))
    except (OSError, ValueError, Grant.DoesNotExist):
        raise KeysMissing(_("The server's key to the inbox is not here, so nothing can be opened.")) from None


def open_with_recovery(key: InboxKey, paper: str) -> X25519PrivateKey:
    """Return the private half of this generation, opened with the paper's text. Raises PaperWrong."""
    try:
        return open_grant(key.grants.get(principal=Grant.Principal.RECOVERY), key_on(paper))
    except (SealBroken, Grant.DoesNotExist):
        raise PaperWrong(OTHER_INBOX) from None


def prove_paper(key: InboxKey, typed: str) -> None:
    """Note the time at which a typed paper opened this generation. Raises PaperWrong and notes nothing."""
    opened = open_with_recovery(key, typed)
    if not fits(opened, key):
        # The paper opens its grant, but what is inside opens no inquiry that is sealed today.
        raise PaperWrong(OTHER_INBOX)
    grant = key.grants.get(principal=Grant.Principal.RECOVERY)
    vouch(grant, opened, key_on(typed).public_key().public_bytes_raw())
    grant.proven_at = timezone.now()
    grant.save(update_fields=["proven_at"])


def fits(private: X25519PrivateKey, key: InboxKey) -> bool:
    """Say whether this private half is the one of the generation's public half."""
    return private.public_key().public_bytes_raw() == bytes(key.public_key)


def server_holds_a_grant() -> bool:
    """Say whether the server can still open anything, if it has its key."""
    return Grant.objects.filter(principal=Grant.Principal.SERVER).exists()


def server_can_open() -> bool:
    """Say whether the server opens the inbox for whoever is logged in: the state of a demo."""
    return server_holds_a_grant() and server_key_file().exists()


def server_public() -> bytes | None:
    """Return the public half of the server's own key, or None when the file is not here."""
    try:
        private = bytes.fromhex(server_key_file().read_text(encoding="ascii"))
        return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    except (OSError, ValueError):
        return None


def delete_server_key() -> None:
    """Delete the server's key file once it opens nothing any more. Raises KeysMissing while it still does."""
    if server_holds_a_grant():
        raise KeysMissing(_("The server still holds a key to the inbox. Remove that first."))
    server_key_file().unlink(missing_ok=True)


def delete_paper_file() -> None:
    """Delete the file with the paper once somebody has typed the print. Raises KeysMissing before that."""
    if not is_paper_proven():
        raise KeysMissing(_("Prove the recovery paper first."))
    paper_file().unlink(missing_ok=True)


def pin(key: InboxKey) -> None:
    """Write the fingerprint of a new generation beside the others, outside the database."""
    append_line(fingerprint_file(), f"{key.generation} {fingerprint(key)}")


def is_paper_proven() -> bool:
    """Say whether somebody has typed the newest generation's printed paper, and it opened."""
    return proven_paper().exists()


def proven_paper() -> QuerySet[Grant]:
    """Return the newest generation's recovery grant if it is proven: one query, or part of another one."""
    newest = InboxKey.objects.order_by("-generation").values("pk")[:1]
    return Grant.objects.filter(key=Subquery(newest), principal=Grant.Principal.RECOVERY, proven_at__isnull=False)


def _make_first_generation() -> InboxKey:
    server = write_once(server_key_file(), X25519PrivateKey.generate().private_bytes_raw().hex())
    principals = {
        Grant.Principal.SERVER: X25519PrivateKey.from_private_bytes(bytes.fromhex(server)),
        Grant.Principal.RECOVERY: key_on(write_once(paper_file(), new_paper())),
    }
    inbox = X25519PrivateKey.generate()
    try:
        with transaction.atomic():
            key = InboxKey.objects.create(generation=1, public_key=inbox.public_key().public_bytes_raw())
            for principal, holder in principals.items():
                give(key, inbox, principal, holder.public_key().public_bytes_raw())
    except IntegrityError:
        return InboxKey.objects.get(generation=1)  # another process was first
    return key


def fingerprint(key: InboxKey) -> str:
    """Return what tells two public keys apart."""
    return sha256(bytes(key.public_key)).hexdigest()
