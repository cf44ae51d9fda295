"""The status of a page: what visitors see of it now, and what happens to it by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.status.moments import format_moment
from pages.live.tree import Node
from pages.models import Edition, Page

DRAFT, LIVE, NEWER_DRAFT, SCHEDULED, ENDED = "draft", "live", "newer-draft", "scheduled", "ended"
STATUS_NAMES: dict[str, str | Promise] = {
    DRAFT: gettext_lazy("Draft, not on the website"),
    LIVE: gettext_lazy("On the website"),
    NEWER_DRAFT: gettext_lazy("On the website, with a newer draft"),
    SCHEDULED: gettext_lazy("Not on the website yet"),
    ENDED: gettext_lazy("Taken down from the website"),
}


@dataclass(frozen=True)
class PageStatus:
    """The editions that decide a page's status: the live one, the waiting one, and the one saved last."""

    live: Edition | None
    waiting: Edition | None
    newest: Edition | None
    was_live: bool

    @property
    def live_address(self) -> str | None:
        """Return where visitors read the page: in bokmål, else in its first language."""
        if self.live is None:
            return None
        node = Node(self.live.page_id, self.live.pk, self.live.head)
        return next((url for language in self.live.head["languages"] if (url := node.url(language))), None)

    @property
    def newer_draft(self) -> bool:
        """Say whether the working copy says something that is neither live nor waiting."""
        known = {edition.digest for edition in (self.live, self.waiting) if edition}
        return self.newest is not None and bool(known) and self.newest.digest not in known

    @property
    def code(self) -> str:
        """Return one of the five statuses."""
        if self.live is not None:
            return NEWER_DRAFT if self.newer_draft else LIVE
        if self.waiting is not None:
            return SCHEDULED
        return ENDED if self.was_live else DRAFT

    @property
    def name(self) -> str | Promise:
        """Return the status in words."""
        return STATUS_NAMES[self.code]

    @property
    def coming(self) -> list[str]:
        """Return a sentence for each thing that will happen by itself, soonest first."""
        start = self.waiting.live_from if self.waiting else None
        end = self.live.live_until if self.live else None
        last = self.waiting.live_until if self.waiting else None
        sentences = []
        if end and (start is None or end < start):
            sentences.append(_("Taken down %(when)s") % {"when": format_moment(end)})
        if start:
            text = _("A newer edition is published %(when)s") if self.live else _("Published %(when)s")
            sentences.append(text % {"when": format_moment(start)})
        if last:
            sentences.append(_("Taken down %(when)s") % {"when": format_moment(last)})
        return sentences


NEVER_SAVED = PageStatus(live=None, waiting=None, newest=None, was_live=False)


def with_editions(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add the ids of the editions that decide each page's status, and `complete`, inside the one query."""
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


def statuses_of(pages: Iterable[Any]) -> dict[int, PageStatus]:
    """Return the status of each page of a query `with_editions`, by its id, with one query for all of them."""
    pages = list(pages)
    ids = {pk for page in pages for pk in (page.live_edition, page.waiting_edition, page.newest_edition)}
    editions = Edition.objects.defer("body").in_bulk(ids - {None})
    return {
        page.pk: PageStatus(
            editions.get(page.live_edition), editions.get(page.waiting_edition),
            editions.get(page.newest_edition), page.was_live,
        )
        for page in pages
    }  # fmt: skip


def status_of(page: Page) -> PageStatus:
    """Return the status of one page, as it is in the database now."""
    return statuses_of(with_editions(Page.objects.filter(pk=page.pk)))[page.pk]


def review_reminders(page: Page) -> list[str]:
    """Return a sentence when the clinical review of the page is missing or due; else nothing."""
    state = page.review_state(on=timezone.localdate())
    return [str(state.label)] if state in (page.ReviewState.MISSING, page.ReviewState.DUE) else []
