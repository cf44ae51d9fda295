"""The keyring: one inbox key per generation, opened by those who hold a grant.

Everyone can seal, because the public half lies in the database. To open takes a grant: the inbox's private
half, sealed to a principal. The *server's* key is a file outside the database; the *recovery paper* is a
file until somebody prints it. Nothing here ever prints or logs a secret.
"""

import logging
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.key_files import made_once
from contact.models import Grant, InboxKey
from contact.paper import PaperWrong, key_on, new_paper
from contact.sealing import SealBroken, open_sealed, seal

log = logging.getLogger(__name__)
# How the server, a colleague or the paper opens a generation. Raises KeysMissing or PaperWrong.
Opener = Callable[[InboxKey], X25519PrivateKey]
FIELD = "grant"
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
    made_once(fingerprint_file(), f"{key.generation} {_fingerprint(bytes(key.public_key))}\n")
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
    return f"{key.generation} {_fingerprint(bytes(key.public_key))}" in pinned


def open_with_server_grant(key: InboxKey) -> X25519PrivateKey:
    """Return the private half of this generation. Raises KeysMissing, SealBroken."""
    try:
        private = bytes.fromhex(server_key_file().read_text(encoding="ascii"))
        return _open_grant(key, Grant.Principal.SERVER, X25519PrivateKey.from_private_bytes(private))
    except (OSError, ValueError, Grant.DoesNotExist):
        raise KeysMissing(_("The server's key to the inbox is not here, so nothing can be opened.")) from None


def open_with_recovery(key: InboxKey, paper: str) -> X25519PrivateKey:
    """Return the private half of this generation, opened with the paper's text. Raises PaperWrong."""
    try:
        return _open_grant(key, Grant.Principal.RECOVERY, key_on(paper))
    except (SealBroken, Grant.DoesNotExist):
        raise PaperWrong(OTHER_INBOX) from None


def prove_paper(key: InboxKey, typed: str) -> None:
    """Note the time at which a typed paper opened this generation. Raises PaperWrong and notes nothing."""
    opened = open_with_recovery(key, typed).public_key().public_bytes_raw()
    if opened != bytes(key.public_key):
        # The paper opens its grant, but what is inside opens no inquiry that is sealed today.
        raise PaperWrong(OTHER_INBOX)
    key.grants.filter(principal=Grant.Principal.RECOVERY).update(proven_at=timezone.now())


def is_paper_proven() -> bool:
    """Say whether somebody has typed the newest generation's printed paper, and it opened."""
    return proven_paper().exists()


def proven_paper() -> QuerySet[Grant]:
    """Return the newest generation's recovery grant if it is proven: one query, or part of another one."""
    newest = InboxKey.objects.order_by("-generation").values("pk")[:1]
    return Grant.objects.filter(key=Subquery(newest), principal=Grant.Principal.RECOVERY, proven_at__isnull=False)


def _make_first_generation() -> InboxKey:
    server = made_once(server_key_file(), X25519PrivateKey.generate().private_bytes_raw().hex())
    principals = {
        Grant.Principal.SERVER: X25519PrivateKey.from_private_bytes(bytes.fromhex(server)),
        Grant.Principal.RECOVERY: key_on(made_once(paper_file(), new_paper())),
    }
    inbox = X25519PrivateKey.generate()
    try:
        with transaction.atomic():
            key = InboxKey.objects.create(generation=1, public_key=inbox.public_key().public_bytes_raw())
            for principal, holder in principals.items():
                row = uuid4()
                sealed = seal(inbox.private_bytes_raw(), holder.public_key(), row, FIELD)
                Grant.objects.create(id=row, key=key, principal=principal, sealed_private=sealed)
    except IntegrityError:
        return InboxKey.objects.get(generation=1)  # another process was first
    return key


def _open_grant(key: InboxKey, principal: Grant.Principal, holder: X25519PrivateKey) -> X25519PrivateKey:
    grant = key.grants.get(principal=principal)
    return X25519PrivateKey.from_private_bytes(open_sealed(bytes(grant.sealed_private), holder, grant.id, FIELD))


def _fingerprint(public: bytes) -> str:
    return sha256(public).hexdigest()
