"""Which addresses outside the house the pages name: listed with every save, so that no report reads every page.

Counted are the newest edition of a page (what stands in the form), the one visitors see and the one that waits.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.html import strip_tags

from pages.models import Claim, Edition, LinkCheck, OutsideLink
from pages.models.outside_link import LONGEST

_HREF = re.compile(r'<a href="(https?://[^"]+)">', re.IGNORECASE)
_WRITTEN_OUT = re.compile(r"https?://[^\s<>\"“”«»|]+", re.IGNORECASE)
_CLOSING = ".,;:!?)]'’"


def addresses_in(body: Any) -> set[str]:
    """Return every web address in a stored body: where links lead, fields that hold one, and written-out ones."""
    return {address for text in texts_in(body) for address in addresses_in_text(text) if len(address) <= LONGEST}


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of stored data."""
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from texts_in(part)


def addresses_in_text(text: str) -> set[str]:
    """Return the web addresses of one text, rich or plain."""
    if "://" not in text:
        return set()
    found = {unescape(href) for href in _HREF.findall(text)}
    words = unescape(strip_tags(text)) if "<" in text else text
    return found | {written.rstrip(_CLOSING) for written in _WRITTEN_OUT.findall(words)}


def list_links(edition: Edition) -> None:
    """Write down what an edition names, and forget what no edition that counts names any more."""
    found = addresses_in([edition.head.get("lead"), edition.body])
    links = [OutsideLink(edition=edition, address=address) for address in sorted(found)]
    OutsideLink.objects.bulk_create(links, ignore_conflicts=True)
    ours = Edition.objects.filter(page=edition.page_id)
    # Asked of this page's editions alone: those of the whole site would make every save slower.
    seen = ours.current_or_coming(at=timezone.now()).values_list("pk", flat=True)
    newest = ours.order_by("-pk").values_list("pk", flat=True)[:1]
    OutsideLink.objects.filter(edition__page=edition.page_id).exclude(edition__in=[*seen, *newest]).delete()


def counted(links: QuerySet[OutsideLink], *, at: datetime) -> QuerySet[OutsideLink]:
    """Return those of these links whose edition is a page's newest, live or waiting."""
    newer = Edition.objects.filter(page=OuterRef("edition__page"), pk__gt=OuterRef("edition"))
    seen = Edition.objects.current_or_coming(at=at).values("pk")
    return links.filter(Q(edition__in=seen) | ~Exists(newer))


def of_kept_pages(*, at: datetime) -> QuerySet[OutsideLink]:
    """Return the links that count, of pages that are not deleted."""
    return counted(OutsideLink.objects.filter(edition__page__deleted_at=None), at=at)


def all_addresses(*, at: datetime) -> set[str]:
    """Return every address that a page or a claim names now, each once."""
    of_pages = of_kept_pages(at=at).values_list("address", flat=True).distinct()
    return {*of_pages, *Claim.objects.exclude(source_url="").values_list("source_url", flat=True)}


@transaction.atomic
def relist() -> int:
    """List the links of editions from before there was a list; return how many links there are."""
    newer = Edition.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    seen = Edition.objects.current_or_coming(at=timezone.now()).values("pk")
    unlisted = Edition.objects.filter(Q(pk__in=seen) | ~Exists(newer), outside_links=None)
    texts = unlisted.alias(head_text=Cast("head", TextField()), body_text=Cast("body", TextField()))
    likely = texts.filter(Q(head_text__contains="://") | Q(body_text__contains="://"))
    for edition in likely.iterator(chunk_size=200):
        list_links(edition)
    return OutsideLink.objects.count()


def forget(edition: Edition) -> None:
    """Forget what an edition named, and what was asked about addresses that nobody names any more."""
    edition.outside_links.all().delete()
    forget_unnamed_checks()


def forget_unnamed_checks() -> None:
    """Drop the checks of addresses that nothing names."""
    of_pages, of_claims = OutsideLink.objects.values("address"), Claim.objects.values("source_url")
    LinkCheck.objects.exclude(Q(address__in=of_pages) | Q(address__in=of_claims)).delete()
