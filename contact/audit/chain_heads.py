"""The chain's head, written every day to a file outside the database: what was so yesterday stays provable.

One line each: time, segment, month, number, digest. The file is only ever added to. It is worth as much as the
distance between it and the database: docs/operators.md says where it belongs.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from contact.audit.hash_chain import link_new, tip
from contact.crypto.files import append_line

log = logging.getLogger("contact.heads")  # operators look for this name (docs/operators.md)
TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Head:
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


def read_heads() -> tuple[list[Head], list[int]]:
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
    """Once a day link whatever was overlooked, then write and log the head; return how many were written."""
    now = timezone.now().astimezone(UTC)
    heads, _broken = read_heads()
    if heads and heads[-1].at.date() == now.date():
        return 0
    link_new(looking_at_all=True)
    if (link := tip()) is None:
        return 0
    head = Head(now, link.segment_id, link.segment.month, link.number, link.digest)
    append_line(heads_file(), str(head))
    log.info("head of the access log: %s", head)
    return 1


def _head_in(line: str) -> Head:
    at, segment, month, number, digest = line.split(" ")
    if len(bytes.fromhex(digest)) != 32:
        raise ValueError("a digest has 32 bytes")
    return Head(datetime.strptime(at, TIME).replace(tzinfo=UTC), int(segment), month, int(number), digest)
