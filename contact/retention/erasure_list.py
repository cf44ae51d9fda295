"""The erasure list: what was erased, in a file outside the database, so that no restored backup brings it back.

A line holds the locator, the inquiry's number and the time of its tombstone, and so nothing about a person. The
list is copied to where the backups are; `manage.py restore` erases once more what stands in it.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from contact.crypto.files import replace_whole
from contact.models import AccessEntry, Inquiry, Tombstone
from contact.retention import durations
from contact.retention.erasure import erase


class NotAList(Exception):
    """The file is no list of erased inquiries."""


def write_erasure_list() -> int:
    """Write every tombstone to the list, beside what stands there; return how many lines it has.

    Lines from before a restore have no tombstone any more. They stay until they are as old as tombstones become.
    """
    file = Path(settings.ERASURE_LIST)
    limit = timezone.now() - durations.tombstone()
    known = {locator: (row, at) for locator, row, at in read_erasure_list(file) if at > limit}
    known |= {stone.locator: (stone.inquiry_id, stone.erased_at) for stone in Tombstone.objects.all()}
    lines = sorted(f"{locator} {row} {at.isoformat()}\n" for locator, (row, at) in known.items())
    with replace_whole(file) as draft:
        draft.write("".join(lines).encode("ascii"))
    return len(lines)


def read_erasure_list(file: Path) -> list[tuple[str, UUID, datetime]]:
    """Return the lines of a list; none when there is no such file. Raises NotAList."""
    if not file.exists():
        return []
    try:
        rows = [line.split() for line in file.read_text(encoding="ascii").splitlines()]
        return [(locator, UUID(row), datetime.fromisoformat(at)) for locator, row, at in rows]
    except ValueError:
        raise NotAList from None


def erase_again(file: Path) -> int:
    """Erase what stands in the list and is stored all the same; return how many inquiries that were."""
    count = 0
    for locator, row, at in read_erasure_list(file):
        inquiry = Inquiry.objects.filter(pk=row).first()
        if inquiry is not None:
            erase(inquiry, AccessEntry.Action.ERASED)
            count += 1
        Tombstone.objects.get_or_create(locator=locator, defaults={"inquiry_id": row, "erased_at": at})
    return count
