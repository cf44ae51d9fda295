"""Live pages and facts that note what a page asks of them: its copy holds until one of the answers is another.

Refused: a list of what each kind of page depends on. A template that asks for one thing more would make it wrong,
and its copies would keep what was taken down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pages.live.facts import Facts
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


class Moment:
    """The site at one moment: what pages are copied from, and what asks the old questions anew."""

    def __init__(self, at: datetime) -> None:
        self.notes = Notes()
        self.tree = NotedTree.read(at=at)
        self.tree.notes = self.notes
        self.facts = Facts.read(at=at)
        self.ends_at = min(filter(None, (self.tree.fresh_until, self.facts.next_change)))
        facts = self.facts
        self.on_every_page = (facts.clinic, facts.helplines, facts.notices, facts.launched)
        # What is compared as a whole: nothing has changed on most looks.
        self.all = (self.tree.nodes, self.on_every_page, facts.claims, facts.events, set(facts.withdrawn))
        facts.claims = NotedRows(facts.claims, "claims", self.notes)
        facts.events = NotedRows(facts.events, "events", self.notes)
        facts.withdrawn = NotedKeys(facts.withdrawn)
        facts.withdrawn.notes = self.notes

    def answer(self, question: Question) -> Any:
        """Return today's answer to a question that was noted."""
        name, *args = question
        match name:
            case "on_every_page":
                return self.on_every_page
            case "claims" | "events":
                return getattr(self.facts, name).get(*args)
            case "withdrawn":
                return args[0] in self.facts.withdrawn
        return getattr(self.tree, name)(*args)

    def still_says(self, answers: Answers) -> bool:
        """Say whether every answer is what it was when a copy was made."""
        return all(self.answer(question) == answer for question, answer in answers.items())
