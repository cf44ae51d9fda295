"""What is typed at a terminal, unseen, or handed over on stdin; never an argument."""

import sys
from getpass import getpass

from django.utils.translation import gettext as _

from contact.crypto.passphrase import normalised
from contact.keys.recovery_paper import LINES


def paper_lines() -> str:
    """Return what is typed, unseen on the terminal, or what another program hands over."""
    if not sys.stdin.isatty():
        return sys.stdin.read()
    prompt = _("Line %(number)s of the paper (not shown while you type): ")
    return "\n".join(getpass(prompt % {"number": number}) for number in range(1, LINES + 1))


def passphrase_once() -> str:
    """Return a colleague's passphrase, typed unseen, or the first line that another program hands over."""
    if not sys.stdin.isatty():
        return normalised(sys.stdin.readline().rstrip("\n"))
    return normalised(getpass(_("Inbox passphrase (not shown while you type): ")))


def passphrase_twice() -> tuple[str, str]:
    """Return what is typed twice, unseen, or two lines that another program hands over."""
    if not sys.stdin.isatty():
        first, second = (normalised(line) for line in [*sys.stdin.read().splitlines(), "", ""][:2])
        return first, second
    prompts = (_("Inbox passphrase (not shown while you type): "), _("Once more: "))
    first, second = (normalised(getpass(prompt)) for prompt in prompts)
    return first, second
