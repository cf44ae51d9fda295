"""Which external addresses the pages name: read from the rows that every save writes (pages.links.index)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pages.models import Claim, LinkCheck, OutsideLink
from pages.models.outside_link import LONGEST
from pages.richtext.reader import links_in, text_of

_WEB = re.compile(r"https?://.", re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"https?://[^\s<>\"“”«»|]+", re.IGNORECASE)
_CLOSING = ".,;:!?)]'’"


def addresses_in(body: Any) -> set[str]:
    """Return every web address in a stored body: where links lead, fields that hold one, and written-out ones."""
    return {address for text in strings_in(body) for address in addresses_in_text(text) if len(address) <= LONGEST}


def strings_in(value: Any) -> Iterator[str]:
    """Yield every string of stored data."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from strings_in(part)


def addresses_in_text(text: str) -> set[str]:
    """Return the web addresses of one text, rich or plain."""
    if "://" not in text:
        return set()
    hrefs = {href for href in links_in(text) if _WEB.match(href)}
    words = text_of(text) if "<" in text else text
    return hrefs | {address.rstrip(_CLOSING) for address in _WRITTEN_OUT.findall(words)}


def all_addresses(*, at: datetime) -> set[str]:
    """Return every address that a page or a claim names now, each once."""
    of_pages = OutsideLink.objects.in_use(at=at).values_list("address", flat=True).distinct()
    return {*of_pages, *of_claims().values_list("source_url", flat=True)}


def of_claims() -> QuerySet[Claim]:
    """Return the claims that name an address."""
    return Claim.objects.exclude(source_url="")


def checked(ok: bool | None, *, at: datetime) -> QuerySet[LinkCheck]:
    """Return the checks, with this outcome, of addresses that a page or a claim names now."""
    named = OutsideLink.objects.in_use(at=at).filter(address=OuterRef("address"))
    by_claim = Q(address__in=list(of_claims().values_list("source_url", flat=True)))
    return LinkCheck.objects.filter(Q(ok=ok) if ok is not None else Q(ok=None), Exists(named) | by_claim)


def unasked(*, at: datetime) -> Any:
    """Return the addresses, in order, that a page or a claim names now and that have not been checked yet."""
    of_pages = OutsideLink.objects.in_use(at=at).values_list("address", flat=True)
    by_claim = of_claims().order_by().values_list("source_url", flat=True)
    return (
        of_pages.filter(~Exists(LinkCheck.objects.filter(address=OuterRef("address"))))
        .union(by_claim.filter(~Exists(LinkCheck.objects.filter(address=OuterRef("source_url")))))
        .order_by("address")
    )


def forget_unnamed_checks() -> None:
    """Delete the checks of addresses that no page and no claim names."""
    of_pages, by_claim = OutsideLink.objects.values("address"), Claim.objects.values("source_url")
    LinkCheck.objects.exclude(Q(address__in=of_pages) | Q(address__in=by_claim)).delete()
