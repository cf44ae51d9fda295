"""Contact attempts: how staff tried to reach a sender outside the thread, by telephone or text message.

The record is sealed like a note: the number that was rung, and what was said, are as private as the inquiry.
"""

import json
from dataclasses import asdict, dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """What the colleague did."""

    CALLED = "called", _("Rang")
    MESSAGE = "message", _("Left a message")
    TEXTED = "texted", _("Sent a text message")
    OTHER = "other", _("Something else")


CONVERSATIONS = (Way.CALLED, Way.OTHER)


class Outcome(TextChoices):
    """How the attempt ended."""

    REACHED = "reached", _("Spoke with the sender")
    OTHER_PERSON = "other", _("Another person answered")
    NO_ANSWER = "silence", _("No answer")
    LEFT = "left", _("Sent or left")
    WRONG = "wrong", _("The number or address does not work")


@dataclass(frozen=True)
class ContactAttempt:
    """One attempt. `against` has the sender's preferences that it went against, `reason` the colleague's reason.

    The names of the fields are keys of the sealed JSON, and never change.
    """

    way: str
    outcome: str
    text: str = field(default="", repr=False)
    against: tuple[str, ...] = ()
    reason: str = field(default="", repr=False)

    def to_json(self) -> str:
        """Return the text that is sealed."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, sealed_text: str) -> "ContactAttempt":
        """Return the attempt from the text that was sealed."""
        stored = json.loads(sealed_text)
        return cls(**stored | {"against": tuple(stored["against"])})

    @property
    def is_conversation(self) -> bool:
        """Whether a colleague and the sender have spoken. A text or a recorded message is no conversation."""
        return self.outcome == Outcome.REACHED and self.way in CONVERSATIONS

    @property
    def typed_text(self) -> str:
        """What the colleague typed, without what they chose from a list."""
        return f"{self.text}\n{self.reason}"

    @property
    def summary(self) -> str:
        """What was done and how it ended, in words."""
        return f"{Way(self.way).label}: {Outcome(self.outcome).label}"
