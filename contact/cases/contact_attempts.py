"""What staff did outside the thread to reach a sender: rang, left a message, sent a text message.

The record is sealed like a note: who was rung, and what they said, is as private as what was written.
"""

import json
from dataclasses import asdict, dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """What was done."""

    CALLED = "called", _("Rang")
    MESSAGE = "message", _("Left a message")
    TEXTED = "texted", _("Sent a text message")
    OTHER = "other", _("Something else")


class Outcome(TextChoices):
    """How it went."""

    REACHED = "reached", _("Spoke with the sender")
    SOMEBODY_ELSE = "other", _("Somebody else answered")
    NO_ANSWER = "silence", _("No answer")
    LEFT = "left", _("Sent or left")
    WRONG = "wrong", _("The number or address does not work")


@dataclass(frozen=True)
class Outside:
    """One such contact. `against` has the wishes of the sender that it went against, `reason` why."""

    way: str
    outcome: str
    text: str = field(default="", repr=False)
    against: tuple[str, ...] = ()
    reason: str = field(default="", repr=False)

    def written(self) -> str:
        """Return what is sealed."""
        return json.dumps(asdict(self))

    @property
    def words(self) -> str:
        """Return what somebody wrote, without what was chosen."""
        return f"{self.text}\n{self.reason}"

    @property
    def what(self) -> str:
        """Return what was done and how it went, in words."""
        return f"{Way(self.way).label}: {Outcome(self.outcome).label}"


def read(text: str) -> Outside:
    """Return the record that was sealed."""
    found = json.loads(text)
    return Outside(**found | {"against": tuple(found["against"])})
