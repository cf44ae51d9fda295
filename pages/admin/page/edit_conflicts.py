"""Two editors save one page: the second save is refused, nothing is lost, and saving again is possible.

The form carries the id of the newest edition it was opened from (`opened_from`). The check runs inside
the transaction of the save, after the page's row was locked, so that of two at once one waits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form
from pages.admin.editions.comparison import Section, sections
from pages.admin.form_names import OPENED_FROM
from pages.admin.page.deleted_blocks import revive_deleted_blocks
from pages.admin.status.people import name_of_person
from pages.models import Edition, FormOpening, Page

JUST_NOW = timedelta(minutes=1)
Message = tuple[int, str]  # level and sentence


@dataclass(frozen=True)
class EditConflict:
    """What was saved since the form was opened. `opened` is None when the form does not say from what."""

    opened: Edition | None
    newest: Edition
    own: bool

    def sentence(self) -> str:
        """Say what happened and what to do."""
        if self.own:
            return _("Not saved: you have saved this page in another window since you opened it here.")
        text = _("Not saved: %(who)s saved this page after you opened it.")
        return text % {"who": self.who}

    @property
    def who(self) -> str:
        """Return the name of the editor who saved."""
        return name_of_person(self.newest.saved_by)

    def changes(self) -> list[Section]:
        """Return what differs between the edition the form was opened from and the newest one."""
        if self.opened is None or self.opened.is_redacted or self.newest.is_redacted:
            return []
        return sections(self.opened, self.newest)


@dataclass
class Edit:
    """One request to the form of a page: what it was opened from, what was sent, and what came of it."""

    sent: QueryDict
    opened_from: int | str | None
    conflict: EditConflict | None = None
    messages: list[Message] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest, newest_id: int | None = None) -> "Edit":
        """Return the edit of a request in which no conflict is looked for."""
        return cls(request.POST, newest_id or request.POST.get(OPENED_FROM))


def save_in_turn(request: HttpRequest, page_id: int, save: Callable[[Edit], HttpResponse]) -> HttpResponse:
    """Save the page while its row is locked, so that of two saves at once one waits and then meets the other.

    A double click has nothing left to save: the editor is led to the form as after the first click.
    """
    with transaction.atomic():
        page = Page.objects.select_for_update().filter(pk=page_id).first()
        if page is None:
            return save(Edit.of(request))
        edit = edit_of(request, page)
        return save(edit) if edit else back_to_form(page)


def edit_of(request: HttpRequest, page: Page) -> Edit | None:
    """Return the edit that a save of this page makes, with the conflict if there is one; None for a double click.

    The page is locked. In a conflict all that was typed is kept: blocks that are gone since become new ones.
    """
    newest = page.editions.select_related("saved_by").order_by("-pk").first()
    edit = Edit.of(request, newest.pk if newest else None)
    opened_from = request.POST.get(OPENED_FROM, "")
    if newest is None or opened_from == str(newest.pk) or "_saveasnew" in request.POST:
        return edit
    if FormOpening.objects.filter(page=page, person=request.user.pk, sent=_digest_of(request, newest)).exists():
        return None
    edit.conflict = EditConflict(
        opened=page.editions.filter(pk=opened_from).first() if _is_id(opened_from) else None,
        newest=newest,
        own=newest.saved_by_id == request.user.pk,
    )
    edit.sent = revive_deleted_blocks(request.POST, page.pk)
    return edit


def remember_sent(request: HttpRequest, edition: Edition) -> None:
    """Note what was sent and the edition it made, so that a second click on the same button is known again."""
    FormOpening.objects.update_or_create(
        page_id=edition.page_id,
        person_id=request.user.pk,
        defaults={"opened_at": timezone.now(), "sent": _digest_of(request, edition)},
    )


def _digest_of(request: HttpRequest, edition: Edition) -> str:
    """Return a keyed digest of what was sent, with the edition that it made. It tells no content."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return f"{edition.pk}:{salted_hmac('pages.stale_save', repr(fields)).hexdigest()}"


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


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
