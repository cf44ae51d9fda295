"""What visitors see of a page, said for the list and for the form."""

from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pages.models import Edition, Page
from pages.navigation import Node

DRAFT, LIVE, NEWER_DRAFT = "draft", "live", "newer-draft"
WORDS: dict[str, str | Promise] = {
    DRAFT: _("Not on the website"),
    LIVE: _("On the website"),
    NEWER_DRAFT: _("On the website, with a newer draft"),
}


def with_state(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Add `live_edition`, `newest_edition` and `complete` to each page, inside the one query."""
    newest = Edition.objects.filter(page=OuterRef("pk")).order_by("-pk")
    live = Edition.objects.live(at=timezone.now()).filter(page=OuterRef("pk"))
    return pages.annotate(
        live_edition=Subquery(live.values("pk")[:1]),
        newest_edition=Subquery(newest.values("pk")[:1]),
        complete=Subquery(newest.values("head__languages")[:1], output_field=JSONField()),
    )


def state_of(live_edition: int | None, newest_edition: int | None) -> str:
    """Say whether a page is live, and whether staff have saved something newer since."""
    if live_edition is None:
        return DRAFT
    return LIVE if live_edition == newest_edition else NEWER_DRAFT


def live_edition_of(page: Page) -> Edition | None:
    """Return what visitors see of this page now."""
    return Edition.objects.live(at=timezone.now()).filter(page=page).first()


def live_address(edition: Edition) -> str | None:
    """Return where a live edition is read: in bokmål, else in its first language."""
    node = Node(edition.page_id, edition.pk, edition.head)
    return next((url for language in edition.head["languages"] if (url := node.url(language))), None)
