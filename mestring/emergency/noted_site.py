"""The site at one moment: what copies are made from, and what says whether an earlier copy still holds."""

from datetime import datetime
from typing import Any

from mestring.emergency.noted import Answers, NotedKeys, NotedRows, NotedTree, Notes, Question
from pages.live.facts import Facts


class NotedSite:
    """Live pages and facts that note what is asked of them; it answers the old questions anew."""

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
