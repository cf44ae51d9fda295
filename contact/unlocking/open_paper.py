"""The recovery paper, typed once, serves for ten minutes in one browser.

The paper's key lies encrypted in a cookie; the secret that opens it lies in the session. Neither opens anything
alone, and the database alone holds nothing of the paper. Locking the inbox ends it, and every end of the session.
"""

import secrets
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from contact.keys.recovery_paper import key_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LASTS = timedelta(minutes=10)
SECRET, UNTIL = "open_paper_secret", "open_paper_until"
NONCE = 12


def keep_paper_open(session: SessionBase, user: "User", typed: str) -> str:
    """Keep the paper that was typed for ten minutes from now; return the half for the cookie."""
    secret, nonce = secrets.token_bytes(32), secrets.token_bytes(NONCE)
    session[SECRET] = b64encode(secret).decode()
    session[UNTIL] = (timezone.now() + LASTS).timestamp()
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, key_on(typed).private_bytes_raw(), _place(user))
    return b64encode(nonce + sealed).decode()


def open_until(session: SessionBase) -> datetime | None:
    """Return until when the paper is open in this session; forget it once that is over."""
    until = session.get(UNTIL, 0)
    # A clock that ran ahead wrote a time that is further away: it must not keep the paper open for longer.
    if timezone.now().timestamp() < until <= (timezone.now() + LASTS).timestamp():
        return datetime.fromtimestamp(until, UTC)
    close_paper(session)
    return None


def close_paper(session: SessionBase) -> None:
    """Forget the paper that was typed in this session, if one was."""
    if SECRET in session:
        del session[SECRET], session[UNTIL]


def open_paper(session: SessionBase, user: "User", cookie: str) -> X25519PrivateKey | None:
    """Return the paper's key while it is open in this browser for this person."""
    if open_until(session) is None:
        return None
    try:
        sealed = b64decode(cookie)
        box = ChaCha20Poly1305(b64decode(session[SECRET]))
        return X25519PrivateKey.from_private_bytes(box.decrypt(sealed[:NONCE], sealed[NONCE:], _place(user)))
    except (InvalidTag, ValueError):
        return None


def _place(user: "User") -> bytes:
    return f"mestring.contact.open-paper v1 {user.pk}".encode()
