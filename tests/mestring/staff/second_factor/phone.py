"""A colleague's phone, by another implementation than the site's."""

import re
import time
from base64 import b32decode

import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from mestring.staff.second_factor.codes import generate_totp_secret, set_up_app

KEY = re.compile(r'class="second-step__key">([A-Z2-7 ]+)<')
CODES = re.compile(r"<li>(\d{5} \d{5})</li>")


def code_of(secret: str, away: int = 0) -> str:
    """Return what the app shows now, or shows so many half minutes from now."""
    app = TOTP(b32decode(secret), 6, SHA1(), 30, enforce_key_length=False)
    return app.generate(int(time.time()) + 30 * away).decode()


def key_on(response) -> str:
    """Return the key that the page shows for typing."""
    return KEY.search(response.text)[1].replace(" ", "")


def with_app(person) -> tuple[str, list[str]]:
    """Give a colleague an app as half a minute ago; return its secret and the recovery codes.

    The code of then is used, that of now is not. The clock stands meanwhile: a half minute may end at any time.
    """
    secret = generate_totp_secret()
    with time_machine.travel(time.time() - 30, tick=False):
        return secret, set_up_app(person, secret, code_of(secret))
