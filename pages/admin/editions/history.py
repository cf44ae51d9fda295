"""The list of a page's editions: who saved each, and when visitors saw it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.admin.dialogs import page_to_read, render_in_admin
from pages.admin.status.people import name_of_editor, name_of_person
from pages.editions.history import editions_of

ON_A_PAGE = 50


@dataclass(frozen=True)
class EditionEntry:
    """One edition in the list, with what became of it."""

    edition: Any
    who: str
    state: str
    live_until: datetime | None
    redaction: Any

    @property
    def redacted_by(self) -> str:
        """Return the name of the administrator who took the words away."""
        return name_of_person(self.redaction.by)


def describe_edition(edition: Any, live_id: int | None, now: datetime) -> EditionEntry:
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
    return EditionEntry(edition, name_of_editor(edition), state, until, redaction)


def history_view(admin: ModelAdmin, request: HttpRequest, page_id: int) -> HttpResponse:
    """List who saved what and when, and what visitors saw from when until when."""
    page, now = page_to_read(admin, request, page_id), timezone.now()
    live = page.editions.live(at=now).first()
    shown = Paginator(editions_of(page), ON_A_PAGE).get_page(request.GET.get("p"))
    entries = [describe_edition(edition, live.pk if live else None, now) for edition in shown]
    # The comparison that editors most often want is chosen beforehand: the newest with the one before it.
    choices = [*(entry.edition.pk for entry in entries if not entry.redaction), None, None]
    context: dict[str, Any] = {
        "title": _("Earlier editions of “%(page)s”") % {"page": page},
        "shown": shown,
        "entries": entries, "first": choices[0], "second": choices[1],
        "may_restore": admin.has_change_permission(request),
        "may_redact": request.user.has_perm("pages.redact_edition"),
    }  # fmt: skip
    return render_in_admin(admin, request, "history", original=page, **context)
