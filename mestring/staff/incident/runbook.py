"""What to do first, in order, for each of seven events. mestring.staff.incident.events has the words.

A step leads to a page for those who may open it, and names its role for the others. A command is the operator's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.functional import Promise

from contact.permissions import holds_right
from mestring.roles import RIGHTS
from mestring.staff.incident.events import EVENTS
from mestring.staff.incident.steps import Command, Event, Page, Service


@dataclass(frozen=True)
class StepLink:
    """A page or a command as this reader sees it; without an address, the role that may open the page."""

    words: Promise | str
    address: str = ""
    role: str = ""
    is_command: bool = False


@dataclass(frozen=True)
class ReadStep:
    """A step with its links."""

    words: Promise | str
    links: list[StepLink]


@dataclass(frozen=True)
class ReadEvent:
    """An event as this reader sees it."""

    name: str  # in the address of the page, after the #
    title: Promise | str
    steps: list[ReadStep]


def runbook_for(reader: User) -> list[ReadEvent]:
    """Return the events with the links that this reader can follow."""
    return [ReadEvent(event.name, event.title, list(_steps(event, reader))) for event in EVENTS]


def _steps(event: Event, reader: User) -> Iterator[ReadStep]:
    for step in event.steps:
        yield ReadStep(step.words, [_link(one, reader) for one in step.links])


def _link(one: Page | Command | Service, reader: User) -> StepLink:
    if isinstance(one, Command):
        return StepLink(f"manage.py {one.line}", is_command=True)
    if isinstance(one, Service):
        return StepLink(f"systemctl stop {one.name}", is_command=True)
    if not one.right or holds_right(reader, one.right):
        return StepLink(one.title, reverse(one.address))
    return StepLink(one.title, role=next((role for role, rights in RIGHTS.items() if one.right in rights), ""))
