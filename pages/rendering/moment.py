"""What a page is rendered from, beside its edition."""

from dataclasses import dataclass

from pages.live.facts import Facts
from pages.live.tree import LiveTree


@dataclass(frozen=True)
class Moment:
    """What is live and what is true when a page is shown, and the language it is shown in."""

    tree: LiveTree
    facts: Facts
    language: str
