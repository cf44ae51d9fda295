"""The time span in which visitors see an edition: begun now or later, and ended.

Each change of a span also lists the page's links anew, because only editions that count are in that list.
"""

from datetime import datetime

from django.contrib.auth.models import User

from pages.editions.addresses import claim_addresses
from pages.links.index import list_links
from pages.models import Edition, Page
from pages.search.index import write_entries


def begin_span(edition: Edition, *, at: datetime, until: datetime | None, by: User | None, now: datetime) -> None:
    """Show the edition from `at` until `until`: claim its addresses and make it findable.

    Raises ValidationError when an address belongs to another page.
    """
    claim_addresses(edition)
    edition.live_from, edition.live_until, edition.published_by = at, until, by
    edition.save(update_fields=["live_from", "live_until", "published_by", "based_on"])
    write_entries(edition)
    list_links(edition.page_id, now=now)


def end_live_span(page: Page, at: datetime | None, *, now: datetime) -> int:
    """End what is live at `at`, or never when it is None; return how many editions that was, 0 or 1."""
    changed = Edition.objects.live(at=now).filter(page=page).update(live_until=at)
    list_links(page.pk, now=now)
    return changed
