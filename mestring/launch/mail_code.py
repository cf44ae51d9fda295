"""The code in a test mail, which an administrator types into the launch list: so a person has read the mail.

It comes from the site's secret and the day, so nothing is stored and no page can show it.
"""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from mestring.typed_text.digits import with_plain_digits

DAYS = 7  # for so long a code counts
LENGTH = 8


def code_of(day: date) -> str:
    """Return the code of a day, in two groups of digits."""
    number = int(salted_hmac("mestring.launch.mail_code", day.isoformat(), algorithm="sha256").hexdigest(), 16)
    digits = f"{number % 10**LENGTH:0{LENGTH}}"
    return f"{digits[:4]} {digits[4:]}"


def is_code(typed: str) -> bool:
    """Say whether it is the code of today or of one of the days before."""
    today = timezone.localdate()
    codes = (code_of(today - timedelta(days=ago)) for ago in range(DAYS))
    return any(constant_time_compare(_digits(typed), _digits(code)) for code in codes)


def _digits(text: str) -> str:
    return "".join(sign for sign in with_plain_digits(text) if sign in "0123456789")
