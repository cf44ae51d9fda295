"""A page's earlier editions: the list, two side by side, and one taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.admin.dialogs import ask, back_to_form, page_to_change, page_to_read, say_left_out
from pages.admin.editions.comparison import how_many, sections
from pages.admin.form_names import OPENED_FROM
from pages.admin.status.moments import format_moment
from pages.admin.status.people import name_of_editor, name_of_person
from pages.editions.history import editions_of, newest_edition_id, restore
from pages.editions.snapshot import FORMAT, snapshot
from pages.models import Edition, Page

ON_A_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One edition in the list, with what became of it."""

    edition: Any
    who: str
    state: str
    live_until: datetime | None
    redaction: Any

    @property
    def redacted_by(self) -> str:
        """Return who took the words away."""
        return name_of_person(self.redaction.by)


def entry(edition: Any, live_id: int | None, now: datetime) -> Entry:
    """Say what became of an edition: a draft, waiting, shown now, shown once, or taken away."""
    ends = [moment for moment in (edition.live_until, edition.replaced_at) if moment]
    until = min(ends) if ends and edition.live_from else None
    redaction = getattr(edition, "redaction", None)
    if redaction:
        state = "redacted"
    elif edition.pk == live_id:
        state = "live"
    elif edition.live_from is None or (until and until <= edition.live_from):
        state = "draft"
    else:
        state = "waiting" if edition.live_from > now else "was"
    return Entry(edition, name_of_editor(edition), state, until, redaction)


def ids_in(sent: list[str]) -> set[int]:
    """Return the numbers among what a browser sent."""
    return {int(number) for number in sent if number.isdecimal() and len(number) < 19}


def history(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """List who saved what and when, and what visitors saw from when until when."""
    page, now = page_to_read(admin, request, page_id), timezone.now()
    live = page.editions.live(at=now).first()
    shown = Paginator(editions_of(page), ON_A_PAGE).get_page(request.GET.get("p"))
    entries = [entry(edition, live.pk if live else None, now) for edition in shown]
    # What most come for is chosen beforehand: the newest and the one before it.
    choices = [*(line.edition.pk for line in entries if not line.redaction), None, None]
    context: dict[str, Any] = {
        "title": _("Earlier editions of “%(page)s”") % {"page": page},
        "shown": shown,
        "entries": entries, "first": choices[0], "second": choices[1],
        "may_restore": admin.has_change_permission(request),
        "may_redact": request.user.has_perm("pages.redact_edition"),
    }  # fmt: skip
    return ask(admin, request, "history", original=page, **context)


def compare_two(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """Show two editions side by side: only what differs, or all of it. Without an older one, the one before."""
    page = page_to_read(admin, request, page_id)
    chosen = sorted(ids_in([request.GET.get(name, "") for name in ("old", "new")]))
    if len(chosen) == 1 and "old" not in request.GET:
        before = page.editions.filter(pk__lt=chosen[0]).values_list("pk", flat=True).first()
        chosen = [before, *chosen] if before else chosen
    if len(chosen) < 2:
        messages.warning(request, _("Choose two different editions to compare."))
        return HttpResponseRedirect(reverse("admin:pages_page_history", args=[page.pk]))
    found = list(page.editions.select_related("saved_by").filter(pk__in=chosen).order_by("pk"))
    if len(found) < 2:
        raise Http404
    old, new = found
    everything = "all" in request.GET
    redacted = old.is_redacted or new.is_redacted
    parts = [] if redacted else sections(old, new, everything=everything)
    context: dict[str, Any] = {
        "title": _("Two editions of “%(page)s”") % {"page": page},
        "old": old, "new": new, "old_who": name_of_editor(old), "new_who": name_of_editor(new),
        "redacted": redacted, "everything": everything, "sections": parts, "how_many": how_many(parts),
        "may_restore": admin.has_change_permission(request),
    }  # fmt: skip
    return ask(admin, request, "compare", original=page, **context)


def restore_one(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> HttpResponse:
    """Ask, showing what would change in the form (GET); then make a draft of an old edition (POST)."""
    page = page_to_change(admin, request, page_id)
    edition = get_object_or_404(page.editions.select_related("saved_by"), pk=edition_id)
    if edition.is_redacted:
        raise Http404
    status = 200
    if request.method == "POST":
        with transaction.atomic():
            Page.objects.lock(page.pk)
            if request.POST.get(OPENED_FROM, "") == str(newest_edition_id(page.pk)):
                return restored(request, page, edition)
        messages.error(request, _("Somebody saved the page just now. Look once more before you restore."))
        status = 409
    newest = newest_edition_id(page.pk)
    head, body = snapshot(page)
    parts = sections(Edition(page=page, format=FORMAT, head=head, body=body), edition)
    context: dict[str, Any] = {
        "title": _("Restore the edition of %(when)s?") % {"when": format_moment(edition.saved_at)},
        "edition": edition, "who": name_of_editor(edition), "sections": parts,
        "how_many": how_many(parts), "newest": newest,
    }  # fmt: skip
    return ask(admin, request, "restore", original=page, status=status, **context)


def restored(request: HttpRequest, page: Page, edition: Edition) -> HttpResponse:
    """Restore, say that visitors see no difference, and lead to the form."""
    by: Any = request.user
    note = _("Restored from the edition of %(when)s") % {"when": format_moment(edition.saved_at)}
    try:
        left_out = restore(edition, by=by, note=note)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return HttpResponseRedirect(reverse("admin:pages_page_history", args=[page.pk]))
    say_left_out(request, left_out)
    text = _("The edition of %(when)s is now in the form, as a draft. Visitors see it when you publish.")
    messages.success(request, text % {"when": format_moment(edition.saved_at)})
    return back_to_form(page)
