"""The processing activities: words from activities.toml, and how long each is kept from the rules of erasing."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from contact.retention.rules import NOT_PERSONAL, RULES, Rule


@dataclass(frozen=True)
class Holding:
    """What one model holds under one rule: the names of its fields, as the rules of erasing have them."""

    model: str
    about: str
    fields: str


@dataclass(frozen=True)
class Activity:
    """One line of the record. `models` are those whose rules of erasing are the activity's time limits."""

    name: str
    purpose: str
    persons: str
    data: list[str]
    special: str
    recipients: str
    models: list[str]

    @property
    def rules(self) -> list[Rule]:
        """The rules of erasing of its models, each once, but for what says nothing about a person."""
        named = (rule for model in self.models for rule in RULES[model])
        return [rule for rule in dict.fromkeys(named) if rule != NOT_PERSONAL]

    @property
    def holdings(self) -> list[Holding]:
        """What each of its models holds about persons, by rule."""
        return [
            Holding(model, str(rule.about), fields)
            for model in self.models
            for rule, fields in RULES[model].items()
            if rule != NOT_PERSONAL
        ]


def read_activities() -> list[Activity]:
    """Return the activities in the order of the paper."""
    text = (Path(__file__).parent / "activities.toml").read_text(encoding="utf-8")
    return [Activity(**one) for one in tomllib.loads(text)["activity"]]
