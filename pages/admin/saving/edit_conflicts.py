"""Two editors save one page: the second save is refused, nothing is lost, and saving again is possible.

The form carries the id of the newest edition it was opened from (`opened_from`). The check runs inside
the transaction of the save, after the page's row was locked, so that of two at once one waits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pages.admin.dialogs import Message, back_to_form, ids_in
from pages.admin.editions.comparison import Section, sections
from pages.admin.editions.merge_messages import describe_clash
from pages.admin.form_names import OPENED_FROM
from pages.admin.saving.chosen_times import Times
from pages.admin.saving.deleted_blocks import revive_deleted_blocks
from pages.admin.saving.merged_save import merge_with_newest
from pages.admin.status.people import name_of_person
from pages.diff.merge import Clash
from pages.models import Edition, FormOpening, Page


@dataclass(frozen=True)
class EditConflict:
    """What was saved since the form was opened. `opened` is None when the form does not say from what."""

    opened: Edition | None
    newest: Edition
    own: bool
    merged: bool = False
    clashes: list[Clash] = field(default_factory=list)

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

    def clash_sentences(self) -> list[str]:
        """Name each place that both have changed, with the words of both."""
        text = _("%(place)s. The other save: %(ours)s. In the form, from you: %(theirs)s.")
        return [describe_clash(clash, text) for clash in self.clashes]

    def changes(self) -> list[Section]:
        """Return what differs between the edition the form was opened from and the newest one."""
        if self.opened is None or self.opened.is_redacted or self.newest.is_redacted:
            return []
        return sections(self.opened, self.newest)


@dataclass
class Edit:
    """One request to the page form, carried through Django's hooks.

    It holds what the browser sent, the id of the newest edition when the form was opened, the conflict that the
    save met, the messages of the save, and the times that it did not set. A save that is only tried is undone.
    """

    sent: QueryDict
    opened_from: int | str | None
    conflict: EditConflict | None = None
    messages: list[Message] = field(default_factory=list)
    times: Times = field(default_factory=dict)
    only_tried: bool = False

    @classmethod
    def unchecked(cls, request: HttpRequest, newest_id: int | None = None) -> "Edit":
        """Return the edit of a request without looking for a conflict: it adds a page, or saves nothing."""
        return cls(request.POST, newest_id or request.POST.get(OPENED_FROM))


def save_in_turn(request: HttpRequest, page_id: int, save: Callable[[Edit], HttpResponse]) -> HttpResponse:
    """Save the page while its row is locked, so that the second of two simultaneous saves waits and is refused.

    A double click is not saved again: the editor returns to the form, as after the first click.
    """
    with transaction.atomic():
        try:
            page = Page.objects.lock(page_id)
        except Page.DoesNotExist:
            return save(Edit.unchecked(request))
        edit = checked_edit(request, page)
        if edit is None:
            return back_to_form(page)
        if edit.conflict and edit.conflict.opened and not edit.conflict.opened.is_redacted:
            merge_conflict(edit, edit.conflict, edit.conflict.opened, save)
        return save(edit)


def merge_conflict(
    edit: Edit, conflict: EditConflict, opened: Edition, save: Callable[[Edit], HttpResponse]
) -> None:
    """Let the form show what both have written. What cannot be saved yet is merged when it is sent again."""
    trial = Edit(edit.sent, edit.opened_from, only_tried=True)
    merged = merge_with_newest(opened, edit.sent, partial(save, trial))
    if merged is None:
        edit.opened_from = opened.pk
    else:
        edit.sent, clashes = merged
        edit.conflict = replace(conflict, merged=True, clashes=clashes)


def checked_edit(request: HttpRequest, page: Page) -> Edit | None:
    """Return the edit of a save, with its conflict if another save came first; None for a double click.

    The caller has locked the page. A conflict keeps everything that was typed: deleted blocks become new ones.
    """
    newest = page.editions.select_related("saved_by").order_by("-pk").first()
    edit = Edit.unchecked(request, newest.pk if newest else None)
    opened_from = request.POST.get(OPENED_FROM, "")
    if newest is None or opened_from == str(newest.pk) or "_saveasnew" in request.POST:
        return edit
    if FormOpening.objects.filter(page=page, person=request.user.pk, sent=_digest_of(request, newest)).exists():
        return None
    edit.conflict = EditConflict(
        opened=page.editions.filter(pk__in=ids_in([opened_from])).first(),
        newest=newest,
        own=newest.saved_by_id == request.user.pk,
    )
    edit.sent = revive_deleted_blocks(request.POST, page.pk)
    return edit


def remember_sent(request: HttpRequest, edition: Edition) -> None:
    """Store a digest of what was sent, so that a second click on the same button is recognised."""
    FormOpening.objects.update_or_create(
        page_id=edition.page_id,
        person_id=request.user.pk,
        defaults={"opened_at": timezone.now(), "sent": _digest_of(request, edition)},
    )


def _digest_of(request: HttpRequest, edition: Edition) -> str:
    """Return a keyed digest of what was sent, with the id of the edition that it made. It reveals no content."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return f"{edition.pk}:{salted_hmac('pages.stale_save', repr(fields)).hexdigest()}"
