"""The chain's head, written every day to a file outside the database, so that yesterday's log stays provable.

Each line holds time, segment, month, number and digest. Lines are only ever added. The farther the file is from
the database, the more it proves: docs/operators.md says where it belongs.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from contact.audit.hash_chain import link_new_entries, newest_link
from contact.crypto.deliverer_apart import shared_mode
from contact.crypto.files import append_line

log = logging.getLogger("contact.heads")  # operators filter by this name (docs/operators.md)
TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class ChainHead:
    """One line of the file."""

    at: datetime
    segment: int
    month: str
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.at.strftime(TIME)} {self.segment} {self.month} {self.number} {self.digest}"


def heads_file() -> Path:
    """Return where the heads are written."""
    return Path(settings.AUDIT_HEADS or Path(settings.KEY_DIR) / "audit_heads")


def read_heads() -> tuple[list[ChainHead], list[int]]:
    """Return the heads, oldest first, and the numbers of the lines that cannot be read. Raises OSError."""
    if not heads_file().exists():
        return [], []
    heads, broken = [], []
    for number, line in enumerate(
        heads_file().read_text(encoding="utf-8", errors="replace").splitlines(), start=1
    ):
        try:
            heads.append(_head_in(line))
        except ValueError:
            broken.append(number)
    return heads, broken


def write_head() -> int:
    """Once a day, link what was overlooked, then write and log the head; return how many were written."""
    now = timezone.now().astimezone(UTC)
    heads, _broken = read_heads()
    if heads and heads[-1].at.date() == now.date():
        return 0
    link_new_entries(looking_at_all=True)
    if (link := newest_link()) is None:
        return 0
    head = ChainHead(now, link.segment_id, link.segment.month, link.number, link.digest)
    append_line(heads_file(), str(head), mode=shared_mode())  # and the site's user, who verifies
    log.info("head of the access log: %s", head)
    return 1


def _head_in(line: str) -> ChainHead:
    at, segment, month, number, digest = line.split(" ")
    if len(bytes.fromhex(digest)) != 32:
        raise ValueError("a digest has 32 bytes")
    return ChainHead(datetime.strptime(at, TIME).replace(tzinfo=UTC), int(segment), month, int(number), digest)
