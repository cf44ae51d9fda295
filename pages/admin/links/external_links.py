"""The report of external links: each address once, with the pages that name it and its last check."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mestring.typed_text.norwegian_order import norwegian_key
from pages.admin.dialogs import render_in_admin
from pages.links.external import checked, unasked
from pages.models import Claim, LinkCheck, OutsideLink, Page

ON_A_PAGE = 50
MOST_PAGES = 10  # listed for one address: one that every page names has thousands
BROKEN, UNCLEAR, UNASKED, WORKS = "broken", "unclear", "unasked", "works"
FILTERS = [
    ("", gettext_lazy("All")), (BROKEN, gettext_lazy("Broken")), (UNCLEAR, gettext_lazy("Look for yourself")),
    (UNASKED, gettext_lazy("Not checked yet")),
]  # fmt: skip
ORDER = [BROKEN, UNCLEAR, UNASKED, WORKS]
OUTCOME = {BROKEN: False, UNCLEAR: None, WORKS: True}


@dataclass
class ExternalLink:
    """One address of the report, with its last check and the pages and claims that name it."""

    address: str
    state: str
    check: LinkCheck | None = None
    pages: list[tuple[Page, bool]] = field(default_factory=list)  # the page, and whether visitors see the link
    more: int = 0
    claims: list[Claim] = field(default_factory=list)

    @property
    def may_be_opened(self) -> bool:
        """Say whether the report may link to it: only https, as on the website."""
        return self.address.lower().startswith("https://")


def outside_links_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the report, broken links first."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    counts = {state: in_state(state, at=now).count() for state in ORDER}
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in counts else ""
    states = [wanted] if wanted else ORDER
    part = Paginator(range(sum(counts[state] for state in states)), ON_A_PAGE).get_page(request.GET.get("p"))
    start = max(part.start_index() - 1, 0)
    links = read_links(states, counts, start, start + ON_A_PAGE, at=now)
    add_pages(links, at=now)
    add_claims(links)
    filters = [(code, name, counts.get(code, sum(counts.values()))) for code, name in FILTERS]
    return render_in_admin(
        admin, request, "links", title=_("Links out of the website"), links=links, part=part,
        is_on=settings.CHECK_LINKS, filters=filters, wanted=wanted,
    )  # fmt: skip


def in_state(state: str, *, at: datetime) -> Any:
    """Return the checks in one state, by address; for UNASKED, the addresses without a check."""
    return unasked(at=at) if state == UNASKED else checked(OUTCOME[state], at=at).order_by("address")


def read_links(
    states: list[str], counts: dict[str, int], start: int, end: int, *, at: datetime
) -> list[ExternalLink]:
    """Return the links from `start` to `end` of the report, one state after the other; no others are read."""
    links: list[ExternalLink] = []
    for state in states:
        if start < counts[state] and end > 0:
            rows = in_state(state, at=at)[max(start, 0) : end]
            links += [_external_link(row, state) for row in rows]
        start, end = start - counts[state], end - counts[state]
    return links


def _external_link(row: Any, state: str) -> ExternalLink:
    return ExternalLink(row, state) if state == UNASKED else ExternalLink(row.address, state, row)


def add_pages(links: list[ExternalLink], *, at: datetime) -> None:
    """Give each link the first pages that name it, with three queries however many links there are."""
    visible: dict[str, dict[int, bool]] = {link.address: {} for link in links}
    references = OutsideLink.objects.filter(address__in=visible).order_by()
    for address, page_id in references.visible(at=at).values_list("address", "page"):
        visible[address][page_id] = True
    for address, page_id in references.in_use(at=at).values_list("address", "page"):
        visible[address].setdefault(page_id, False)
    chosen = {
        address: sorted(pages, key=lambda pk: (not pages[pk], pk))[:MOST_PAGES]
        for address, pages in visible.items()
    }
    pages = Page.objects.in_bulk({page_id for page_ids in chosen.values() for page_id in page_ids})
    for link in links:
        named = [(pages[page_id], visible[link.address][page_id]) for page_id in chosen[link.address]]
        link.pages = sorted(named, key=lambda named: (norwegian_key(str(named[0])), named[0].pk))
        link.more = len(visible[link.address]) - len(named)


def add_claims(links: list[ExternalLink]) -> None:
    """Give each link the claims that name it as their source, with one query."""
    by_address = {link.address: link for link in links}
    for claim in Claim.objects.filter(source_url__in=by_address):
        by_address[claim.source_url].claims.append(claim)
