"""What a command says in place of a traceback when the database is away, locked, full or not migrated."""

from django.db import Error
from django.utils.translation import gettext as _


def describe_fault(fault: Error) -> str:
    """Return the sentence; it quotes nothing of the error, which can name an address or a row."""
    return _(
        "The database does not answer, or is locked, full or not migrated (%(kind)s). Mend that, and begin again; "
        "--traceback shows where it failed."
    ) % {"kind": type(fault).__name__}
