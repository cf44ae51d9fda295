"""Give a page its place, in the working copy and in its live and waiting editions, and change no word of it.

The live edition is replaced by the same edition in the new place. So is a waiting edition: otherwise its
publication would undo the move. A draft gets the place and stays a draft.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from pages.editions.snapshot import FORMAT, snapshot
from pages.links.index import list_links
from pages.models import Edition, Page
from pages.models.edition import digest_of
from pages.search.index import write_entries

Place = dict[str, Any]  # of the names in an edition's head: parent, position, in_menu
COLUMN = {"parent": "parent_id"}


def give_place(
    page: Page, place: Place, *, by: User | None, now: datetime, note: str,
    only_editions: Callable[[Edition], bool] = lambda _edition: True,
) -> None:  # fmt: skip
    """Write the place into the working copy, whose row the caller has locked, and into new editions.

    `only_editions` says which of the live and waiting editions are replaced. The edition equal to the working
    copy is made last: the newest edition is what the form was saved as.
    """
    live, waiting = page.editions.live(at=now).first(), page.editions.waiting(at=now).first()
    newest = page.editions.order_by("-pk").first()
    for name, value in place.items():
        setattr(page, COLUMN.get(name, name), value)
    page.save(update_fields=list(place))
    form = _moved(newest, place) if newest and not newest.is_redacted else _from_form(page)
    replaced = [
        (old, _moved(old, place))
        for old in (waiting, live)
        if old and _differs(old.head, place) and only_editions(old)
    ]
    replaced.sort(key=lambda pair: _content(pair[1]) == _content(form))
    for old, new in replaced:
        if old == live:
            _succeed_live(old, new, by=by, now=now)
        else:
            _succeed_waiting(old, new, now=now)
        _save(new, by, note, now)
        write_entries(new)
    form_is_saved = bool(replaced) and _content(replaced[-1][1]) == _content(form)
    if not form_is_saved and (replaced or newest is None or _content(newest) != _content(form)):
        _save(form, by, note, now)


def _differs(head: dict[str, Any], place: Place) -> bool:
    return any(head[name] != value for name, value in place.items())


def _moved(old: Edition, place: Place) -> Edition:
    return Edition(page=old.page, format=old.format, head=old.head | place, body=old.body, moved_from=old)


def _from_form(page: Page) -> Edition:
    head, body = snapshot(page)
    return Edition(page=page, format=FORMAT, head=head, body=body)


def _content(edition: Edition) -> str:
    return digest_of(edition.head, edition.body)


def _save(edition: Edition, by: User | None, note: str, now: datetime) -> None:
    edition.saved_by, edition.note = by, note
    edition.save()
    list_links(edition.page_id, now=now)


def _succeed_live(old: Edition, new: Edition, *, by: User | None, now: datetime) -> None:
    """Make the new edition live from now until the old one would have ended; its words keep their date."""
    new.live_from, new.live_until, new.published_by = now, old.live_until, by
    new.words_since = old.shown_since


def _succeed_waiting(old: Edition, new: Edition, *, now: datetime) -> None:
    """Make the new edition wait in the old one's place; an old one that is live by now keeps its time."""
    new.live_from, new.live_until, new.published_by = old.live_from, old.live_until, old.published_by
    new.based_on = old.based_on
    Edition.objects.filter(pk=old.pk, live_from__gt=now).update(live_from=None, live_until=None, published_by=None)
