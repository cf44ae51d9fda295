"""The erasure list: what was erased, in a file outside the database, so that no restored backup brings it back.

A line holds the locator, the inquiry's number and the time of its tombstone, and so nothing about a person. The
list is copied to where the backups are; `manage.py restore` erases once more what stands in it. The last line is
the site's signature of all others: a line more would erase an inquiry at a restore, a line less bring one back.
"""

import logging
import re
import secrets
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from contact.crypto.deliverer_apart import shared_mode
from contact.crypto.files import replace_whole
from contact.crypto.site_signature import ERASURE_LIST, check_signature, sign
from contact.models import AccessEntry, Inquiry, Tombstone
from contact.retention import durations
from contact.retention.erasure import erase

Line = tuple[str, UUID, datetime]  # locator, number, time of the tombstone
LOCATOR = re.compile(r"[0-9a-f]{32}")
SIGNED_BY = "signature "  # before the last line's signature
log = logging.getLogger("contact.erasure_list")  # operators filter by this name (docs/operators.md)


class NotAList(Exception):
    """The file is no list of erased inquiries."""


def write_erasure_list() -> int:
    """Write every tombstone to the list, beside what stands there; return how many lines it has.

    Lines from before a restore have no tombstone any more. They stay until they are as old as tombstones become.
    A file with a line that is none is set aside: it must not end backups and erasing, and its other lines count.
    """
    file = Path(settings.ERASURE_LIST)
    limit = timezone.now() - durations.tombstone()
    lines = _lines(file)
    if None in lines:
        _set_aside(file)
    known = {locator: (row, at) for locator, row, at in filter(None, lines) if at > limit}
    known |= {stone.locator: (stone.inquiry_id, stone.erased_at) for stone in Tombstone.objects.all()}
    written = sorted(f"{locator} {row} {at.isoformat()}" for locator, (row, at) in known.items())
    signed = [*written, f"{SIGNED_BY}{sign(ERASURE_LIST, _content(written))}", ""]
    with replace_whole(file, mode=shared_mode()) as draft:  # backups write it too
        draft.write("\n".join(signed).encode("ascii"))
    return len(written)


def read_erasure_list(file: Path, signer: str | None) -> list[Line]:
    """Return the lines of a list; none when there is no such file. Raises NotAList, NotSigned.

    Without a signer the operator has said that an unsigned list is trusted.
    """
    lines = list(filter(None, found := _lines(file)))
    if len(lines) < len(found):
        raise NotAList
    if signer is not None:
        texts = _texts(file)
        signature = texts.pop().removeprefix(SIGNED_BY) if texts else ""
        check_signature(ERASURE_LIST, _content(texts), signature, signer)
    return lines


def _lines(file: Path) -> list[Line | None]:
    """Return each line of a file, and None for what is none. Windows begins a text with a mark of its own."""
    return [_line(text) for text in _texts(file) if not text.startswith(SIGNED_BY)]


def _texts(file: Path) -> list[str]:
    if not file.exists():
        return []
    texts = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [text for text in texts if text.strip()]


def _content(texts: list[str]) -> bytes:
    """Return what is signed: the same whatever a system does with the ends of lines."""
    return "".join(f"{text}\n" for text in texts).encode()


def _line(text: str) -> Line | None:
    try:
        locator, row, written = text.split()
        at = datetime.fromisoformat(written)
        return (locator, UUID(row), at) if LOCATOR.fullmatch(locator) and at.tzinfo else None
    except ValueError:
        return None


def _set_aside(file: Path) -> None:
    aside = file.with_name(f"{file.name}.broken-{secrets.token_hex(4)}")
    with replace_whole(aside, mode=shared_mode()) as copy:
        copy.write(file.read_bytes())
    log.error("%s was damaged; it is kept as %s, and a whole list is written", file.name, aside.name)


def erase_again(file: Path, signer: str | None) -> int:
    """Erase what stands in the list and is stored all the same; return how many inquiries that were."""
    count = 0
    for locator, row, at in read_erasure_list(file, signer):
        inquiry = Inquiry.objects.filter(pk=row).first()
        if inquiry is not None:
            erase(inquiry, AccessEntry.Action.ERASED)
            count += 1
        Tombstone.objects.get_or_create(locator=locator, defaults={"inquiry_id": row, "erased_at": at})
    return count
