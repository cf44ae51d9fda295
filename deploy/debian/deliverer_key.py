"""The deliverer's key: made by root, and root's alone; systemd hands it to the delivery process alone.

With it the delivery process opens the addresses of senders who wait for an answer. The site's user needs the
public half only, and cannot write that either: it would seal to whom an intruder likes.
"""

import re
from pathlib import Path

from deploy.debian import layout
from deploy.debian.answers import Refused
from deploy.debian.machine import run, write

BEFORE = layout.KEYS / "deliverer.key"  # where the site made it itself
WHOLE = re.compile(r"[0-9a-f]{64}")
PAIR = "import sys; from contact.crypto.recipient_key import new_pair; print(*new_pair(sys.stdin.read()))"


def keep_deliverer_key(code: Path) -> None:
    """Make the key unless it is there, and write its public half anew. Raises Refused when it is cut short."""
    is_there = layout.DELIVERER_KEY.exists()
    private = layout.DELIVERER_KEY.read_text(encoding="ascii").strip() if is_there else _made_by_the_site()
    if is_there and not WHOLE.fullmatch(private):
        raise Refused(
            f"{layout.DELIVERER_KEY} is cut short. Put its copy back, or delete it and run this again: then a new "
            "one is made, and mail that waits for senders cannot be sent."
        )
    private, public = run(code / ".venv/bin/python", "-c", PAIR, cwd=str(code), stdin=private).split()
    write(layout.DELIVERER_KEY, private, mode=0o600)
    write(layout.DELIVERER_KEY.with_suffix(".public"), public)


def drop_former_key() -> None:
    """Delete the key where the site made it itself, once no release reads it there any more."""
    if _made_by_the_site() == layout.DELIVERER_KEY.read_text(encoding="ascii"):
        run("rm", "-f", BEFORE, BEFORE.with_suffix(".public"), user=layout.USER)


def _made_by_the_site() -> str:
    """Return the key of a site from before: mail that waits is sealed to it."""
    found = run("sh", "-c", '[ ! -f "$1" ] || cat "$1"', "sh", BEFORE, user=layout.USER).strip()
    return found if WHOLE.fullmatch(found) else ""
