"""Web addresses that lead to the same place and are spelled otherwise: an editor is told of them."""

import re
from datetime import datetime
from urllib.parse import urldefrag

from pages.models import OutsideLink
from pages.replace.search_term import WEB, SearchTerm


def near_addresses(term: SearchTerm, *, at: datetime) -> list[str]:
    """Return the addresses on pages that differ from the term in http or https, www, a last slash or a "#" only.

    They are not replaced along with it: a server may well answer them otherwise.
    """
    if term.kind != WEB:
        return []
    wanted = _place(term.typed)
    named = OutsideLink.objects.in_use(at=at).filter(address__icontains=wanted.partition("/")[0])
    addresses = named.order_by("address").values_list("address", flat=True).distinct()
    return [near for near in addresses if _place(near) == wanted and not term.spans_in_href(near)]


def _place(address: str) -> str:
    scheme_less = re.sub(r"^https?://(www\.)?", "", urldefrag(address).url, flags=re.IGNORECASE)
    host, slash, path = scheme_less.partition("/")
    return (host.lower() + slash + path).rstrip("/")
