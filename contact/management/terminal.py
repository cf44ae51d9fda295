"""Secrets typed unseen at a terminal or handed over on stdin; never arguments, which other users can list."""

import sys
from getpass import getpass

from django.utils.translation import gettext as _

from contact.crypto.passphrase import normalise
from contact.keys.recovery_paper import LINES


def read_paper() -> str:
    """Return the paper's lines, typed unseen, or handed over by another program."""
    if not sys.stdin.isatty():
        return sys.stdin.read()
    prompt = _("Line %(number)s of the paper (not shown while you type): ")
    return "\n".join(getpass(prompt % {"number": number}) for number in range(1, LINES + 1))


def read_code() -> str:
    """Return the code that a colleague reads out: it is no secret. From another program, its first line."""
    if sys.stdin.isatty():
        sys.stdout.write(_("The code that the colleague reads out: "))
        sys.stdout.flush()
    return sys.stdin.readline()


def read_passphrase() -> str:
    """Return a passphrase, typed unseen, or the first line that another program hands over."""
    if not sys.stdin.isatty():
        return normalise(sys.stdin.readline().rstrip("\n"))
    return normalise(getpass(_("Inbox passphrase (not shown while you type): ")))


def read_passphrase_twice() -> tuple[str, str]:
    """Return a passphrase typed twice, unseen, or two lines that another program hands over."""
    if not sys.stdin.isatty():
        first, second = (normalise(line) for line in [*sys.stdin.read().splitlines(), "", ""][:2])
        return first, second
    prompts = (_("Inbox passphrase (not shown while you type): "), _("Once more: "))
    first, second = (normalise(getpass(prompt)) for prompt in prompts)
    return first, second
