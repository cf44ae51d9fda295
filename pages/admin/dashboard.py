"""What the first page of the admin shows about pages: a list of (right, function).

A function returns the sentence, the address it leads to and a few of the things it counts, each with an address of
its own; or None when there is nothing to do. The list stands in order of urgency to readers.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from pages.admin.editions.upcoming import upcoming_changes
from pages.admin.links.external_links import BROKEN
from pages.admin.status.moments import format_moment
from pages.admin.status.review_filter import pages_to_review
from pages.links.external import checked
from pages.models import Claim, Edition, Helpline, Notice, Page, PageTranslation

Line = tuple[str, str, list[tuple[str, str]]]
NAMED = 5  # of the pages that a line counts; the list behind its address has all of them
PAGES = "admin:pages_page_changelist"


def unverified_helplines(user: Any) -> Line | None:
    """Count the helplines that no colleague has rung, and those of them that visitors see all the same."""
    unchecked = Helpline.objects.filter(verified_on=None).exclude(number="")
    count, shown = unchecked.count(), unchecked.filter(always_shown=True).count()
    words = ngettext("%(count)d helpline is not checked", "%(count)d helplines are not checked", count)
    seen = ngettext("%(shown)d is shown to visitors", "%(shown)d are shown to visitors", shown) % {"shown": shown}
    return count_line(f"{words} ({seen}).", count, reverse("admin:pages_helpline_changelist"))


def expired_claims(user: Any) -> Line | None:
    """Count the claims that visitors no longer see."""
    count = Claim.objects.filter(valid_until__lt=timezone.localdate()).count()
    words = ngettext("%(count)d claim has run out.", "%(count)d claims have run out.", count)
    return count_line(words, count, reverse("admin:pages_claim_changelist"))


def claims_to_confirm(user: Any) -> Line | None:
    """Count the claims, and the changes of claims, that wait for a person who may confirm them."""
    count = Claim.objects.to_confirm(on=timezone.localdate()).count()
    words = ngettext("%(count)d claim waits to be confirmed.", "%(count)d claims wait to be confirmed.", count)
    return count_line(words, count, reverse("admin:pages_claim_changelist"))


def expired_notices(user: Any) -> Line | None:
    """Count the messages on every page whose time is over."""
    count = Notice.objects.over(at=timezone.now()).count()
    words = ngettext(
        "%(count)d message on every page is over, and can be deleted.",
        "%(count)d messages on every page are over, and can be deleted.",
        count,
    )
    return count_line(words, count, reverse("admin:pages_notice_changelist"))


def missing_reviews(user: Any) -> Line | None:
    """Count the pages with health advice that no clinical reviewer has answered for, the latest words first."""
    unreviewed = Page.objects.unreviewed()
    count = unreviewed.count()
    words = ngettext(
        "%(count)d page with health advice is not yet clinically reviewed.",
        "%(count)d pages with health advice are not yet clinically reviewed.",
        count,
    )
    return count_line(words, count, pages_to_review(), first_of(unreviewed.order_by("-changed")))


def due_reviews(user: Any) -> Line | None:
    """Count the pages whose next review should have been."""
    due = Page.objects.due_for_review(on=timezone.localdate())
    count = due.count()
    words = ngettext(
        "%(count)d page is due for a new clinical review.",
        "%(count)d pages are due for a new clinical review.",
        count,
    )
    return count_line(words, count, pages_to_review(Page.ReviewState.DUE), first_of(due))


def own_drafts(user: Any) -> Line | None:
    """Count the pages whose newest words are this editor's, and are neither published nor scheduled."""
    now = timezone.now()
    # An editor who moved a page has not written it.
    written = Edition.objects.filter(moved_from=None)
    newer = written.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    own = written.filter(~Exists(newer), saved_by=user, live_from=None).order_by().values("page")
    newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-pk")
    live = Edition.objects.live(at=now).filter(page=OuterRef("pk"))
    waiting = Edition.objects.waiting(at=now).filter(page=OuterRef("pk"))
    pages = Page.objects.kept().filter(pk__in=list(own.values_list("page", flat=True)))
    compared = pages.annotate(
        newest_digest=Subquery(newest.values("digest")[:1]),
        live_digest=Coalesce(Subquery(live.values("digest")[:1]), Value("")),
        waiting_digest=Coalesce(Subquery(waiting.values("digest")[:1]), Value("")),
    )
    drafts = compared.exclude(newest_digest=F("live_digest")).exclude(newest_digest=F("waiting_digest"))
    count = drafts.count()
    words = ngettext(
        "You have %(count)d draft that is not published.",
        "You have %(count)d drafts that are not published.",
        count,
    )
    return count_line(words, count, reverse(PAGES), first_of(drafts.order_by("-changed")))


def missing_translations(user: Any) -> Line | None:
    """Count the pages of which a language is missing or outdated."""
    left = PageTranslation.objects.filter(language="nb", left__gt=0)
    count = left.exclude(page__in=Page.objects.deleted().order_by().values("pk")).count()
    words = ngettext(
        "%(count)d page lacks a translation, or one must be looked through.",
        "%(count)d pages lack a translation, or one must be looked through.",
        count,
    )
    return count_line(words, count, reverse("admin:pages_page_translations") + "?show=work")


def scheduled_changes(user: Any) -> Line | None:
    """Count the pages that will be published or taken down by themselves, and name the soonest."""
    found = upcoming_changes(timezone.now())
    words = ngettext("%(count)d thing happens by itself.", "%(count)d things happen by themselves.", len(found))
    pages = Page.objects.in_bulk([one.page_id for one in found[:NAMED]])
    first = [(one.when, pages[one.page_id]) for one in found[:NAMED]]
    named = [(f"{page} – {format_moment(when)}", form_of(page)) for when, page in first]
    return count_line(words, len(found), reverse("admin:pages_page_coming"), named)


def broken_links(user: Any) -> Line | None:
    """Count the addresses outside the website that did not answer when they were last asked."""
    count = checked(False, at=timezone.now()).count()
    words = ngettext(
        "%(count)d link out of the website does not work.",
        "%(count)d links out of the website do not work.",
        count,
    )
    return count_line(words, count, f"{reverse('admin:pages_page_links')}?show={BROKEN}")


LINES: list[tuple[str, Callable[[Any], Line | None]]] = [
    ("pages.change_helpline", unverified_helplines),
    ("pages.change_claim", expired_claims),
    ("pages.confirm_claim", claims_to_confirm),
    ("pages.review_page", missing_reviews),
    ("pages.change_page", due_reviews),
    ("pages.change_page", own_drafts),
    ("pages.change_page", missing_translations),
    ("pages.change_page", broken_links),
    ("pages.view_page", scheduled_changes),
    ("pages.delete_notice", expired_notices),
]


def count_line(words: str, count: int, address: str, named: list[tuple[str, str]] | None = None) -> Line | None:
    """Return the line; None when there is nothing to count."""
    return (words % {"count": count}, address, named or []) if count else None


def first_of(pages: QuerySet[Page]) -> list[tuple[str, str]]:
    """Return the first pages, each with the address of its form."""
    return [(str(page), form_of(page)) for page in pages[:NAMED]]


def form_of(page: Page) -> str:
    """Return the address at which a page is edited."""
    return reverse("admin:pages_page_change", args=[page.pk])
