"""Live pages and facts that note what a page asks of them: its copy holds until one of the answers is another.

Refused: a list of what each kind of page depends on. A template that asks for one thing more would make it wrong,
and its copies would keep what was taken down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pages.live.tree import LiveTree

Question = tuple[Any, ...]
Answers = dict[Question, Any]
OF_THE_TREE = ("url", "link", "at_slug", "of_kind", "menu", "footer", "in_danger", "children", "related", "trail")


@dataclass
class Notes:
    """What was asked at this moment by all pages, and by the page that is being copied."""

    known: Answers = field(default_factory=dict)
    asked: Answers = field(default_factory=dict)
    inside: bool = False

    def ask(self, question: Question, find: Callable[[], Any]) -> Any:
        """Return the answer, found once for all pages. What an answer itself asks for is no question of a page."""
        if question not in self.known:
            before, self.inside = self.inside, True
            try:
                self.known[question] = find()
            finally:
                self.inside = before
        if not self.inside:
            self.asked[question] = self.known[question]
        return self.known[question]


@dataclass
class NotedTree(LiveTree):
    """The live pages."""

    notes: Notes = field(default_factory=Notes)


def _noted(name: str) -> Callable[..., Any]:
    plain = getattr(LiveTree, name)

    def ask(self: NotedTree, *args: Any) -> Any:
        return self.notes.ask((name, *args), lambda: plain(self, *args))

    return ask


for _name in OF_THE_TREE:
    setattr(NotedTree, _name, _noted(_name))


class NotedRows(dict[int, Any]):
    """Claims or gatherings: each page asks for a few."""

    def __init__(self, rows: dict[int, Any], name: str, notes: Notes) -> None:
        super().__init__(rows)
        self.name, self.notes = name, notes

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a row, or None."""
        return self.notes.ask((self.name, key), lambda: dict.get(self, key, default))


class NotedKeys(frozenset[str]):
    """The withdrawn pictures."""

    notes: Notes

    def __contains__(self, key: object) -> bool:
        return bool(self.notes.ask(("withdrawn", key), lambda: frozenset.__contains__(self, key)))
