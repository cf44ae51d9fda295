"""Internal links are stored as `page:12` or `contact:relative` and resolved when a page is shown."""

import re

from django.urls import reverse
from django.utils import translation

from pages.live.tree import LiveTree

# Reads only what pages.richtext.field wrote: the href is the only attribute and links are never nested.
_OUR_LINK = re.compile(r'<a href="((?:page|contact):\w+)">(.*?)</a>', re.DOTALL)


def resolve(link: str, tree: LiveTree, language: str) -> str | None:
    """Return the address a stored link leads to; None when it leads to no live page."""
    scheme, _colon, target = link.partition(":")
    if scheme == "page":
        return tree.url(int(target), language)
    with translation.override(language):
        return reverse(f"contact:{target}")


def resolve_all(html: str, tree: LiveTree, language: str) -> str:
    """Return html with stored links resolved; a link to a page that is not live becomes plain text."""

    def resolved(match: re.Match[str]) -> str:
        url = resolve(match[1], tree, language)
        return f'<a href="{url}">{match[2]}</a>' if url else match[2]

    return _OUR_LINK.sub(resolved, html)
