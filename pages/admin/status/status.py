"""What visitors see of a page, now and later, said for the list and for the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.live.tree import Node
from pages.models import Edition, Page

DRAFT, LIVE, NEWER_DRAFT, SCHEDULED, ENDED = "draft", "live", "newer-draft", "scheduled", "ended"
WORDS: dict[str, str | Promise] = {
    DRAFT: gettext_lazy("Draft, not on the website"),
    LIVE: gettext_lazy("On the website"),
    NEWER_DRAFT: gettext_lazy("On the website, with a newer draft"),
    SCHEDULED: gettext_lazy("Not on the website yet"),
    ENDED: gettext_lazy("Taken down from the website"),
}


@dataclass(frozen=True)
class Standing:
    """The editions that decide what is said of a page: what is live, what waits, what was saved last."""

    live: Edition | None
    waiting: Edition | None
    newest: Edition | None
    was_live: bool

    @property
    def newer_draft(self) -> bool:
        """Say whether the working copy says something that is neither live nor waiting."""
        known = {edition.digest for edition in (self.live, self.waiting) if edition}
        return self.newest is not None and bool(known) and self.newest.digest not in known

    @property
    def code(self) -> str:
        """Return one of the five states."""
        if self.live is not None:
            return NEWER_DRAFT if self.newer_draft else LIVE
        if self.waiting is not None:
            return SCHEDULED
        return ENDED if self.was_live else DRAFT

    @property
    def coming(self) -> list[str]:
        """Return a sentence for each thing that will happen by itself, soonest first."""
        start = self.waiting.live_from if self.waiting else None
        end = self.live.live_until if self.live else None
        last = self.waiting.live_until if self.waiting else None
        sentences = []
        if end and (start is None or end < start):
            sentences.append(_("Taken down %(when)s") % {"when": spoken(end)})
        if start:
            text = _("A newer edition is published %(when)s") if self.live else _("Published %(when)s")
            sentences.append(text % {"when": spoken(start)})
        if last:
            sentences.append(_("Taken down %(when)s") % {"when": spoken(last)})
        return sentences


def with_state(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add the numbers of each page's editions that matter, and `complete`, inside the one query."""
    now = timezone.now()
    newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-pk")
    live = Edition.objects.live(at=now).filter(page=OuterRef("pk"))
    waiting = Edition.objects.waiting(at=now).filter(page=OuterRef("pk"))
    return pages.annotate(
        live_edition=Subquery(live.values("pk")[:1]),
        newest_edition=Subquery(newest.values("pk")[:1]),
        waiting_edition=Subquery(waiting.values("pk")[:1]),
        was_live=Exists(Edition.objects.started(at=now).filter(page=OuterRef("pk"))),
        complete=Subquery(newest.values("head__languages")[:1], output_field=JSONField()),
    )


def read_standings(pages: Iterable[Any]) -> None:
    """Give each page of a query `with_state` its `standing`, with one query for all of them."""
    pages = list(pages)
    numbers = {n for p in pages for n in (p.live_edition, p.waiting_edition, p.newest_edition)}
    found = Edition.objects.defer("body").in_bulk(numbers - {None})
    for page in pages:
        live, waiting = found.get(page.live_edition), found.get(page.waiting_edition)
        page.standing = Standing(live, waiting, found.get(page.newest_edition), page.was_live)


def standing_of(page: Page) -> Standing:
    """Return the standing of one page, as it is in the database now."""
    pages = with_state(Page.objects.filter(pk=page.pk))
    read_standings(found := list(pages))
    standing: Standing = found[0].standing  # type: ignore[attr-defined]  # from read_standings
    return standing


def to_review(page: Page) -> list[str]:
    """Say that somebody has to review the page; nothing when nobody has to."""
    state = page.review_state(on=timezone.localdate())
    return [str(state.label)] if state in (page.ReviewState.MISSING, page.ReviewState.DUE) else []


def spoken(moment: datetime) -> str:
    """Return a time as staff read it: the clinic's day and clock."""
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s") % {
        "day": date_format(local, "j. F Y"), "time": date_format(local, "H:i"),
    }  # fmt: skip


def live_edition_of(page: Page) -> Edition | None:
    """Return what visitors see of this page now."""
    return Edition.objects.live(at=timezone.now()).filter(page=page).first()


def live_address(edition: Edition) -> str | None:
    """Return where a live edition is read: in bokmål, else in its first language."""
    node = Node(edition.page_id, edition.pk, edition.head)
    return next((url for language in edition.head["languages"] if (url := node.url(language))), None)
