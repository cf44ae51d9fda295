"""Resolve internal links: the stored `page:12` or `contact:relative` becomes an address when a page is shown."""

from django.urls import reverse
from django.utils import translation

from pages.live.tree import LiveTree
from pages.richtext.allowed_markup import OUR_LINK
from pages.richtext.reader import Element, rewrite


def resolve(link: str, tree: LiveTree, language: str) -> str | None:
    """Return the address a stored link leads to; None when it leads to no live page."""
    scheme, _colon, target = link.partition(":")
    if scheme == "page":
        return tree.url(int(target), language)
    with translation.override(language):
        return reverse(f"contact:{target}")


def resolve_all(html: str, tree: LiveTree, language: str) -> str:
    """Return html with internal links resolved; a link to a page that is not live becomes plain text."""

    def write(link: Element) -> str:
        if not OUR_LINK.fullmatch(link.href):
            return link.stored
        url = resolve(link.href, tree, language)
        return f'<a href="{url}">{link.inner}</a>' if url else link.inner

    return rewrite(html, ("a",), write)
