"""What waits for the person who has just logged in: each line leads to where it is mended."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from contact.admin import dashboard as inbox_dashboard
from mestring.staff.dashboard_line import ToDo, counted
from pages.admin.editions.schedule import coming as all_coming
from pages.admin.links.external_links import BROKEN
from pages.admin.status.status import spoken
from pages.links.external import checked
from pages.models import Claim, Edition, Helpline, Notice, Page, PageTranslation

NAMED = 5  # of the pages of a line; the list behind its link has them all
PAGES = "admin:pages_page_changelist"


def to_do(user: Any) -> list[ToDo]:
    """Return what waits for this person, what is most urgent to readers and senders first."""
    found = [make(user) for right, make in inbox_dashboard.LINES if user.has_perm(right)]
    inbox = [ToDo(*line) for line in found if line is not None]
    return inbox + [line for right, make in LINES if user.has_perm(right) and (line := make(user)) is not None]


def unverified_helplines(user: Any) -> ToDo | None:
    """Lines that nobody has rung; most of them are therefore shown to nobody."""
    count = Helpline.objects.filter(verified_on=None).count()
    words = ngettext("%(count)d helpline is not checked.", "%(count)d helplines are not checked.", count)
    return counted(words, count, reverse("admin:pages_helpline_changelist"))


def expired_claims(user: Any) -> ToDo | None:
    """Claims that visitors no longer see."""
    count = Claim.objects.filter(valid_until__lt=timezone.localdate()).count()
    words = ngettext("%(count)d claim has run out.", "%(count)d claims have run out.", count)
    return counted(words, count, reverse("admin:pages_claim_changelist"))


def messages_that_are_over(user: Any) -> ToDo | None:
    """Messages on every page that nobody needs any more."""
    count = Notice.objects.over(at=timezone.now()).count()
    words = ngettext(
        "%(count)d message on every page is over, and can be deleted.",
        "%(count)d messages on every page are over, and can be deleted.",
        count,
    )
    return counted(words, count, reverse("admin:pages_notice_changelist"))


def waiting_for_review(user: Any) -> ToDo | None:
    """Pages with health advice that nobody has answered for yet."""
    unread = Page.objects.kept().filter(clinical=True, reviewed_on=None)
    count = unread.count()
    words = ngettext(
        "%(count)d page with health advice is not yet clinically reviewed.",
        "%(count)d pages with health advice are not yet clinically reviewed.",
        count,
    )
    return counted(words, count, reverse(PAGES), first_of(unread))


def reviews_due(user: Any) -> ToDo | None:
    """Pages whose next review should have been."""
    due = Page.objects.kept().filter(clinical=True, next_review_on__lte=timezone.localdate())
    count = due.count()
    words = ngettext(
        "%(count)d page is due for a new clinical review.",
        "%(count)d pages are due for a new clinical review.",
        count,
    )
    return counted(words, count, reverse(PAGES), first_of(due))


def my_drafts(user: Any) -> ToDo | None:
    """Pages whose newest words are this person's, and were neither published nor planned."""
    now = timezone.now()
    # Whoever moved a page has not written it.
    written = Edition.objects.filter(moved_from=None)
    newer = written.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    mine = written.filter(~Exists(newer), saved_by=user, live_from=None).order_by().values("page")
    newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-pk")
    live = Edition.objects.live(at=now).filter(page=OuterRef("pk"))
    waiting = Edition.objects.waiting(at=now).filter(page=OuterRef("pk"))
    pages = Page.objects.kept().filter(pk__in=list(mine.values_list("page", flat=True)))
    said = pages.annotate(
        says=Subquery(newest.values("digest")[:1]),
        live_says=Coalesce(Subquery(live.values("digest")[:1]), Value("")),
        waiting_says=Coalesce(Subquery(waiting.values("digest")[:1]), Value("")),
    )
    drafts = said.exclude(says=F("live_says")).exclude(says=F("waiting_says"))
    count = drafts.count()
    words = ngettext(
        "You have %(count)d draft that is not published.",
        "You have %(count)d drafts that are not published.",
        count,
    )
    return counted(words, count, reverse(PAGES), first_of(drafts.order_by("-changed")))


def translations(user: Any) -> ToDo | None:
    """Pages of which a language is missing or outdated."""
    left = PageTranslation.objects.filter(language="nb", left__gt=0)
    count = left.exclude(page__in=Page.objects.deleted().order_by().values("pk")).count()
    words = ngettext(
        "%(count)d page lacks a translation, or one must be looked through.",
        "%(count)d pages lack a translation, or one must be looked through.",
        count,
    )
    return counted(words, count, reverse("admin:pages_page_translations") + "?show=work")


def coming(user: Any) -> ToDo | None:
    """All that is published or taken down by itself, soonest first."""
    found = all_coming(timezone.now())
    words = ngettext("%(count)d thing happens by itself.", "%(count)d things happen by themselves.", len(found))
    pages = Page.objects.in_bulk([one.page_id for one in found[:NAMED]])
    named = [(f"{pages[one.page_id]} – {spoken(one.when)}", form_of(pages[one.page_id])) for one in found[:NAMED]]
    return counted(words, len(found), reverse("admin:pages_page_coming"), named)


def broken_links(user: Any) -> ToDo | None:
    """Addresses outside the website that nobody answered at when they were last asked."""
    count = checked(False, at=timezone.now()).count()
    words = ngettext(
        "%(count)d link out of the website does not work.",
        "%(count)d links out of the website do not work.",
        count,
    )
    return counted(words, count, f"{reverse('admin:pages_page_links')}?show={BROKEN}")


LINES: list[tuple[str, Callable[[Any], ToDo | None]]] = [
    ("pages.change_helpline", unverified_helplines),
    ("pages.change_claim", expired_claims),
    ("pages.review_page", waiting_for_review),
    ("pages.change_page", reviews_due),
    ("pages.change_page", my_drafts),
    ("pages.change_page", translations),
    ("pages.change_page", broken_links),
    ("pages.view_page", coming),
    ("pages.delete_notice", messages_that_are_over),
]


def first_of(pages: QuerySet[Page]) -> list[tuple[str, str]]:
    """Return the first pages by title, each with its form."""
    return [(str(page), form_of(page)) for page in pages[:NAMED]]


def form_of(page: Page) -> str:
    """Return where a page is edited."""
    return reverse("admin:pages_page_change", args=[page.pk])
