"""The report of links out of the website: each address once, who names it, and what it answered last."""

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

from pages.admin.dialogs import render_in_admin
from pages.links.external import checked, unasked
from pages.models import Claim, LinkCheck, OutsideLink, Page

ON_A_PAGE = 50
NAMED = 10  # of the pages that name one address; an address at the foot of every page has thousands
BROKEN, UNCLEAR, UNASKED, WORKS = "broken", "unclear", "unasked", "works"
FILTERS = [
    ("", gettext_lazy("All")), (BROKEN, gettext_lazy("Broken")), (UNCLEAR, gettext_lazy("Look for yourself")),
    (UNASKED, gettext_lazy("Not checked yet")),
]  # fmt: skip
ORDER = [BROKEN, UNCLEAR, UNASKED, WORKS]
OUTCOME = {BROKEN: False, UNCLEAR: None, WORKS: True}


@dataclass
class Line:
    """One address."""

    address: str
    state: str
    check: LinkCheck | None = None
    # Each page, and whether visitors meet the link there.
    pages: list[tuple[Page, bool]] = field(default_factory=list)
    more: int = 0
    claims: list[Claim] = field(default_factory=list)

    @property
    def may_be_opened(self) -> bool:
        """Say whether the report may link to it: only https, as on the website."""
        return self.address.lower().startswith("https://")


def outside_links_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the report, broken ones first."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    counts = {state: in_state(state, at=now).count() for state in ORDER}
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in counts else ""
    states = [wanted] if wanted else ORDER
    shown = Paginator(range(sum(counts[state] for state in states)), ON_A_PAGE).get_page(request.GET.get("p"))
    start = max(shown.start_index() - 1, 0)
    lines = slice_of(states, counts, start, start + ON_A_PAGE, at=now)
    tell_where_used(lines, at=now)
    shown.object_list = lines  # type: ignore[assignment]  # the numbers it was made of only counted
    filters = [(code, words, counts.get(code, sum(counts.values()))) for code, words in FILTERS]
    checks: dict[str, Any] = {"is_on": settings.CHECK_LINKS, "filters": filters, "wanted": wanted}
    return render_in_admin(admin, request, "links", title=_("Links out of the website"), shown=shown, **checks)


def in_state(state: str, *, at: datetime) -> Any:
    """Return the checks in one state, by address; where nobody has checked, the addresses."""
    return unasked(at=at) if state == UNASKED else checked(OUTCOME[state], at=at).order_by("address")


def slice_of(states: list[str], counts: dict[str, int], start: int, end: int, *, at: datetime) -> list[Line]:
    """Return some lines of the report, what needs attention first; no other address is read."""
    found: list[Line] = []
    for state in states:
        if start < counts[state] and end > 0:
            some = in_state(state, at=at)[max(start, 0) : end]
            found += [Line(one, state) if state == UNASKED else Line(one.address, state, one) for one in some]
        start, end = start - counts[state], end - counts[state]
    return found


def tell_where_used(lines: list[Line], *, at: datetime) -> None:
    """Give each line the pages and claims that name it, with one query for each kind."""
    by_address = {line.address: line for line in lines}
    seen: dict[str, dict[int, bool]] = {address: {} for address in by_address}
    naming = OutsideLink.objects.filter(address__in=by_address).order_by()
    for address, page_id in naming.shown(at=at).values_list("address", "page"):
        seen[address][page_id] = True
    for address, page_id in naming.counted(at=at).values_list("address", "page"):
        seen[address].setdefault(page_id, False)
    chosen = {
        address: sorted(pages, key=lambda pk: (not pages[pk], pk))[:NAMED] for address, pages in seen.items()
    }
    titles = Page.objects.in_bulk({page_id for pages in chosen.values() for page_id in pages})
    for address, line in by_address.items():
        used = [(titles[page_id], seen[address][page_id]) for page_id in chosen[address]]
        line.pages = sorted(used, key=lambda one: (str(one[0]), one[0].pk))
        line.more = len(seen[address]) - len(used)
    for claim in Claim.objects.filter(source_url__in=by_address):
        by_address[claim.source_url].claims.append(claim)
