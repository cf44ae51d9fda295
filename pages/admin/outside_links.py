"""The report of links out of the website: each address once, who names it, and what it answered last."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.admin.questions import ask
from pages.models import Claim, Edition, LinkCheck, Page
from pages.outside_links import all_addresses, of_kept_pages

ON_A_PAGE = 50
BROKEN, UNCLEAR, UNASKED, WORKS = "broken", "unclear", "unasked", "works"
FILTERS = [
    ("", gettext_lazy("All")), (BROKEN, gettext_lazy("Broken")), (UNCLEAR, gettext_lazy("Look for yourself")),
    (UNASKED, gettext_lazy("Not checked yet")),
]  # fmt: skip
ORDER = [BROKEN, UNCLEAR, UNASKED, WORKS]


@dataclass
class Line:
    """One address."""

    address: str
    check: LinkCheck | None
    pages: list[tuple[Page, bool]] = field(
        default_factory=list
    )  # the page, and whether visitors meet the link there
    claims: list[Claim] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Return which of the four it is."""
        if self.check is None:
            return UNASKED
        return {True: WORKS, False: BROKEN, None: UNCLEAR}[self.check.ok]

    @property
    def may_be_opened(self) -> bool:
        """Say whether the report may link to it: only https, as on the website."""
        return self.address.lower().startswith("https://")


def outside_links_view(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the report, broken ones first."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    lines = all_lines()
    counts = {state: sum(line.state == state for line in lines) for state in ORDER}
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in counts else ""
    chosen = [line for line in lines if not wanted or line.state == wanted]
    shown = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("p"))
    tell_where_used(list(shown))
    filters = [(code, words, counts.get(code, len(lines))) for code, words in FILTERS]
    checks: dict[str, Any] = {"is_on": settings.CHECK_LINKS, "filters": filters, "wanted": wanted}
    return ask(admin, request, "links", title=_("Links out of the website"), shown=shown, **checks)


def all_lines() -> list[Line]:
    """Return every address that pages and claims name, what needs attention first."""
    checks = {check.address: check for check in LinkCheck.objects.all()}
    lines = [Line(address, checks.get(address)) for address in all_addresses(at=timezone.now())]
    return sorted(lines, key=lambda line: (ORDER.index(line.state), line.address))


def tell_where_used(lines: list[Line]) -> None:
    """Give each line the pages and claims that name it, with one query for each kind."""
    now = timezone.now()
    by_address = {line.address: line for line in lines}
    naming = Edition.objects.live(at=now).filter(outside_links__address__in=by_address)
    live = set(naming.values_list("pk", flat=True))
    uses = of_kept_pages(at=now).filter(address__in=by_address).values_list("address", "edition__page", "edition")
    seen: dict[str, dict[int, bool]] = {}
    for address, page_id, edition_id in uses:
        pages = seen.setdefault(address, {})
        pages[page_id] = pages.get(page_id, False) or edition_id in live
    titles = Page.objects.in_bulk({page_id for pages in seen.values() for page_id in pages})
    for address, pages in seen.items():
        used = [(titles[page_id], is_live) for page_id, is_live in pages.items()]
        by_address[address].pages = sorted(used, key=lambda one: (str(one[0]), one[0].pk))
    for claim in Claim.objects.filter(source_url__in=by_address):
        by_address[claim.source_url].claims.append(claim)
