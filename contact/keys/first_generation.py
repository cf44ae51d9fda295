"""The first generation of the inbox key, with a grant for the server and one for the recovery paper."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contact.crypto.files import write_once
from contact.crypto.site_signature import make_signing_key
from contact.keys.grants import create_grant
from contact.keys.key_holders import paper_file, server_key_file, take_paper_out_of_the_data
from contact.keys.keyring import fingerprint_file, pin_first
from contact.keys.recovery_paper import key_on, new_paper
from contact.models import Grant, InboxKey, Inquiry


def make_keyring() -> InboxKey:
    """Make generation 1 with both grants, or return it when it exists. Safe to repeat and to interrupt.

    Key file and paper are on disk before the grants commit: a crash in between leaves two unused files, which
    the next run takes up, and never a grant that no holder can open.
    """
    take_paper_out_of_the_data()
    key = InboxKey.objects.filter(generation=1).first() or _make_first_generation()
    # A key that something was sealed to is pinned already, or not to be trusted.
    if not Inquiry.with_rehearsals.exists():
        pin_first(key)
    return key


def describe_lost_pins() -> str:
    """Return what an operator must know when the database has a key, and the file that pins it is gone.

    Ask before make_keyring. Once an inquiry is stored it pins nothing anew: an intruder who planted a key, and
    made the file go, would have it pinned by the next deployment.
    """
    if fingerprint_file().exists() or not InboxKey.objects.exists():
        return ""
    if Inquiry.with_rehearsals.exists():
        return _(
            "inbox_fingerprints is missing in KEY_DIR, and inquiries are stored: no inbox key was pinned anew, as "
            "an intruder may have put it there. Put the file back from a copy; without one, compare “inbox "
            "status” with what you wrote down (docs/operators.md)."
        )
    return _(
        "inbox_fingerprints was missing in KEY_DIR, and was made anew with the key in the database: compare "
        "“inbox status” with what you wrote down, or put the file back from a copy."
    )


def _make_first_generation() -> InboxKey:
    server = write_once(server_key_file(), X25519PrivateKey.generate().private_bytes_raw().hex())
    holders = {
        Grant.Principal.SERVER: X25519PrivateKey.from_private_bytes(bytes.fromhex(server)),
        Grant.Principal.RECOVERY: key_on(write_once(paper_file(), new_paper())),
    }
    make_signing_key()
    inbox = X25519PrivateKey.generate()
    try:
        with transaction.atomic():
            key = InboxKey.objects.create(generation=1, public_key=inbox.public_key().public_bytes_raw())
            for principal, holder in holders.items():
                create_grant(key, inbox, principal, holder.public_key().public_bytes_raw())
    except IntegrityError:
        return InboxKey.objects.get(generation=1)  # another process was first
    return key
