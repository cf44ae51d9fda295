"""Which colleagues had the form of a page open lately: a courtesy to the editor, never a lock."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from pages.admin.status.people import name_of_person
from pages.models import FormOpening, Page

JUST_NOW = timedelta(minutes=1)


def note_opening(request: HttpRequest, page: Page, *, now: datetime) -> list[dict[str, Any]]:
    """Return the colleagues who had the form open lately, and note that this editor has opened it."""
    who: dict[str, Any] = {"page_id": page.pk, "person_id": request.user.pk, "at": now}
    colleagues = [
        {
            "name": name_of_person(opening.person),
            "at": opening.opened_at,
            "now": now - opening.opened_at < JUST_NOW,
        }
        for opening in FormOpening.others(**who)
    ]
    if request.method == "GET":
        FormOpening.note(**who)
    return colleagues
