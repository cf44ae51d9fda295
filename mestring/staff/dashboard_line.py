"""A line of what waits for somebody who has just logged in."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ToDo:
    """A sentence, where its link leads, and a few of the things it counts, each with a link of its own."""

    words: str
    url: str
    named: list[tuple[str, str]] = field(default_factory=list)


def counted(words: str, count: int, url: str, named: Iterable[tuple[str, str]] = ()) -> ToDo | None:
    """Return the line; None when there is nothing to count."""
    return ToDo(words % {"count": count}, url, list(named)) if count else None
