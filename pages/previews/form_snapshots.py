"""What an unsaved page form said when its editor pressed "Preview": stored for an hour, for that editor alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from pages.editions.snapshot import FORMAT
from pages.models import Edition, Page, Preview

STORED_FOR = timedelta(hours=1)
MOST_STORED = 10  # for each editor, so that pressing the button for an hour fills no disk


@transaction.atomic
def store_form_snapshot(
    page: Page | None, head: dict[str, Any], body: list[dict[str, Any]], *, by: User, at: datetime
) -> Preview:
    """Store a snapshot for the editor to look at, and erase those that are too old or too many."""
    Preview.objects.filter(made_at__lte=at - STORED_FOR).delete()
    newest = Preview.objects.filter(made_by=by).order_by("-made_at", "pk").values_list("pk", flat=True)
    Preview.objects.filter(pk__in=list(newest[MOST_STORED - 1 :])).delete()
    return Preview.objects.create(page=page, head=head, body=body, made_by=by, made_at=at)


def stored_form_snapshot(key: UUID, *, by: User, at: datetime) -> Edition | None:
    """Return a stored snapshot as an edition without a row; None for everyone but the editor who made it."""
    row = Preview.objects.filter(pk=key, made_by=by, made_at__gt=at - STORED_FOR).first()
    if row is None:
        return None
    edition = Edition(format=FORMAT, head=row.head, body=row.body, saved_at=row.made_at)
    if row.page_id:
        edition.page_id = row.page_id
    return edition
