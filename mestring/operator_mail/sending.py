"""The one way to mail the operator: by the mail server, past the database, which may be what failed."""

from django.conf import settings
from django.core.mail import EmailMessage


class NoOperator(Exception):
    """OPERATOR_MAIL names no address."""


def mail_operator(subject: str, text: str) -> None:
    """Send one mail. Raises NoOperator, or what the mail server answered: OSError, SMTPException."""
    if not settings.OPERATOR_MAIL:
        raise NoOperator
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(subject, text, to=[settings.OPERATOR_MAIL], headers=headers).send()
