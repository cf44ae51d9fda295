"""Two people in one form: the second save is refused, nothing is lost, and saving again is possible.

The form carries the id of the newest edition it was opened from (`opened_from`). The check runs inside
the transaction of the save, after the page's row was locked, so that of two at once one waits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from pages.admin.dialogs import back_to_form, page_number
from pages.admin.editions.comparison import Section, sections
from pages.admin.form_names import OPENED_FROM
from pages.admin.status.people import name_of_person
from pages.editions.history import newest_edition_id
from pages.models import BLOCKS, Edition, FormOpening, Page


@dataclass(frozen=True)
class StaleSave:
    """What was saved since the form was opened. `opened` is None when nobody can say from what."""

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
        """Return who saved."""
        return name_of_person(self.newest.saved_by)

    def changes(self) -> list[Section]:
        """Return what differs between what the form was opened from and what is newest."""
        if self.opened is None or self.opened.is_redacted or self.newest.is_redacted:
            return []
        return sections(self.opened, self.newest)


def refuse_stale(request: HttpRequest, object_id: str, show: Callable[[], HttpResponse]) -> HttpResponse:
    """Show or save the form; note what a form is opened from, and refuse a save from something older."""
    page_id = page_number(object_id)
    if page_id is None or request.method != "POST":
        # Before the page is read: a save in between then refuses, instead of passing unseen.
        request.opened_from = newest_edition_id(page_id) if page_id else None  # type: ignore[attr-defined]  # read by the form's template
        return show()
    with transaction.atomic():
        page = Page.objects.select_for_update().filter(pk=page_id).first()
        if page is not None and guard(request, page):
            return back_to_form(page)
        return show()


def guard(request: HttpRequest, page: Page) -> bool:
    """Mark the request as stale when something newer was saved. True: it is a double click, done already.

    What was typed is kept: blocks that are gone since become new ones in the form.
    """
    newest = page.editions.select_related("saved_by").order_by("-pk").first()
    request.opened_from = newest.pk if newest else None  # type: ignore[attr-defined]  # read by the form's template
    sent = request.POST.get(OPENED_FROM, "")
    if newest is None or sent == str(newest.pk) or "_saveasnew" in request.POST:
        return False
    if FormOpening.objects.filter(page=page, person=request.user.pk, sent=mark(request, newest)).exists():
        return True
    opened = page.editions.filter(pk=sent).first() if sent.isdecimal() and len(sent) < 19 else None
    own = newest.saved_by_id == request.user.pk
    request.stale_save = StaleSave(opened, newest, own)  # type: ignore[attr-defined]  # read by the form and its template
    request.POST = revived(request.POST, page.pk)  # type: ignore[assignment]  # a copy with what was typed
    return False


def mark(request: HttpRequest, edition: Edition) -> str:
    """Return a keyed digest of what was sent and which edition it made. It tells no content."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return f"{edition.pk}:{salted_hmac('pages.stale_save', repr(fields)).hexdigest()}"


def remember_sent(request: HttpRequest, edition: Edition) -> None:
    """Let a second click on the same button be known again."""
    FormOpening.objects.update_or_create(
        page_id=edition.page_id,
        person_id=request.user.pk,
        defaults={"opened_at": timezone.now(), "sent": mark(request, edition)},
    )


def note_opening(request: HttpRequest, response: Any) -> HttpResponse:
    """Say who else had the form open lately, write down that this person has, and answer 409 when stale."""
    page, now = response.context_data.get("original"), timezone.now()
    if page is None or not page.pk:
        return response
    who: dict[str, Any] = {"page_id": page.pk, "person_id": request.user.pk, "at": now}
    response.context_data["colleagues"] = [
        {
            "name": name_of_person(opening.person),
            "at": opening.opened_at,
            "now": now - opening.opened_at < JUST_NOW,
        }
        for opening in FormOpening.others(**who)
    ]
    if request.method == "GET":
        FormOpening.note(**who)
    if stale := getattr(request, "stale_save", None):
        response.context_data["stale"] = stale
        response.status_code = 409
    return response


JUST_NOW = timedelta(minutes=1)


def revived(data: QueryDict, page_id: int) -> QueryDict:
    """Return what was sent with blocks that no longer exist turned into new ones, so that it can be saved."""
    for model in BLOCKS:
        prefix = model._meta.get_field("parent").remote_field.get_accessor_name(model=model)
        total, initial = (count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
        there = {str(pk) for pk in model.objects.filter(parent=page_id).values_list("pk", flat=True)}
        gone = [number for number in range(initial) if data.get(f"{prefix}-{number}-id") not in there]
        if gone:
            kept = [number for number in range(initial) if number not in gone]
            order = [*kept, *gone, *range(initial, total)]
            data = renumbered(data, prefix, {str(old): new for new, old in enumerate(order)}, len(kept))
    return data


def count(data: QueryDict, name: str) -> int:
    """Return a number a browser sent, 0 for anything else or past what a form can hold."""
    sent = data.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 4 else 0


def renumbered(data: QueryDict, prefix: str, numbers: dict[str, int], kept: int) -> QueryDict:
    """Return the data with one formset's rows in another order, of which only the first `kept` exist."""
    found = QueryDict(mutable=True)
    for name, values in data.lists():
        number, _dash, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and number in numbers:
            new = numbers[number]
            found.setlist(f"{prefix}-{new}-{field}", [""] if field == "id" and new >= kept else values)
        else:
            found.setlist(name, values)
    found[f"{prefix}-INITIAL_FORMS"] = str(kept)
    return found
