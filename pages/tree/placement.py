"""Give a page its place, in the form and in all that visitors see or will see, and change no word of it.

What is live is followed by the same edition in another place, and so is what waits: its hour must not undo the
move. A draft gets the place and stays a draft.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from pages.editions.snapshot import FORMAT, snapshot
from pages.links.index import list_links
from pages.models import Edition, Page
from pages.models.edition import digest_of
from pages.search.index import write_entries

Place = dict[str, Any]  # names of the head
COLUMN = {"parent": "parent_id"}


def give_place(page: Page, place: Place, *, by: User | None, now: datetime, note: str, under: Any = False) -> None:
    """Write the place into the working copy, whose row the caller has locked, and into new editions.

    `under`: new editions only after those that lie under that page. The edition that says what the form says is
    made last, as the newest edition is what the form was saved as.
    """
    live, waiting = page.editions.live(at=now).first(), page.editions.waiting(at=now).first()
    newest = page.editions.order_by("-pk").first()
    for name, value in place.items():
        setattr(page, COLUMN.get(name, name), value)
    page.save(update_fields=list(place))
    form = _moved(newest, place) if newest and not newest.is_redacted else _from_form(page)
    heirs = [
        (old, _moved(old, place))
        for old in (waiting, live)
        if old and _differs(old.head, place) and under in (False, old.head["parent"])
    ]
    heirs.sort(key=lambda pair: _says(pair[1]) == _says(form))
    for old, new in heirs:
        _take_over(old, new, by=by, now=now) if old == live else _wait_instead(old, new, now=now)
        _save(new, by, note, now)
        write_entries(new)
    in_form = bool(heirs) and _says(heirs[-1][1]) == _says(form)
    if not in_form and (heirs or newest is None or _says(newest) != _says(form)):
        _save(form, by, note, now)


def _differs(head: dict[str, Any], place: Place) -> bool:
    return any(head[name] != value for name, value in place.items())


def _moved(old: Edition, place: Place) -> Edition:
    return Edition(page=old.page, format=old.format, head=old.head | place, body=old.body, moved_from=old)


def _from_form(page: Page) -> Edition:
    head, body = snapshot(page)
    return Edition(page=page, format=FORMAT, head=head, body=body)


def _says(edition: Edition) -> str:
    return digest_of(edition.head, edition.body)


def _save(edition: Edition, by: User | None, note: str, now: datetime) -> None:
    edition.saved_by, edition.note = by, note
    edition.save()
    list_links(edition.page_id, now=now)


def _take_over(old: Edition, new: Edition, *, by: User | None, now: datetime) -> None:
    """Let the new edition be live from now until the old one would have ended; its words keep their day."""
    new.live_from, new.live_until, new.published_by = now, old.live_until, by
    new.words_since = old.shown_since


def _wait_instead(old: Edition, new: Edition, *, now: datetime) -> None:
    """Let the new edition wait for the old one's hour. By condition: what has begun meanwhile stays."""
    new.live_from, new.live_until, new.published_by = old.live_from, old.live_until, old.published_by
    new.based_on = old.based_on
    Edition.objects.filter(pk=old.pk, live_from__gt=now).update(live_from=None, live_until=None, published_by=None)
