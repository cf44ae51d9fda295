"""Whose form it is: every staff form carries the number of its writer's account, signed by the site."""

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

FIELD = "form_writer"
_signer = Signer(salt="mestring.staff.unsent.writer")


def is_staff_address(path: str) -> bool:
    """Say whether an address belongs to the admin."""
    return path.startswith("/admin/")


def stamp(user_id: int) -> str:
    """Return what the form carries."""
    return _signer.sign(str(user_id))


def writer_of(sent: QueryDict) -> str | None:
    """Return the number of the account for which the form was shown; None when the form does not say."""
    try:
        return _signer.unsign(sent.get(FIELD, ""))
    except BadSignature:
        return None
