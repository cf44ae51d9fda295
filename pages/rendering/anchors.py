"""The ids on a page: each is there once, and none that is made from words is one of the page's own furniture."""

from itertools import chain, count

from pages.richtext.slugs import slug_from

# What templates write themselves on a page with blocks. Other ids have a sign that no slug has: block:1, id_name.
FURNITURE = frozenset({
    "content", "contents-title", "related-title", "side-card-title", "menu-q", "facets", "sky", "lake", "dusk",
    "emergency-title", "privacy-title", "ring-title", "error-summary-title",
})  # fmt: skip


class Anchors:
    """Gives out the ids of one page."""

    def __init__(self) -> None:
        self.taken = set(FURNITURE)

    def make(self, words: str, otherwise: str) -> str:
        """Return an id made from words, with a number when it is taken; `otherwise` when they give none."""
        base = slug_from(words) or otherwise
        copies = (f"{base}-{number}" for number in count(2))
        anchor = next(anchor for anchor in chain([base], copies) if anchor not in self.taken)
        self.taken.add(anchor)
        return anchor
