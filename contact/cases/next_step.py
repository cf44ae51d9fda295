"""The next step of a case: what is to be done, when, and by which colleague, so that no promise is only a text.

The time and the colleague stand in the clear, on the inquiry, so that lists and mail can count what is late. What
is to be done is sealed, as an entry of the thread: a plan to ring a sender is as private as the inquiry.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class What(TextChoices):
    """What is to be done."""

    RING = "ring", _("Ring the sender")
    REPLY = "reply", _("Reply to the sender")
    WAIT = "wait", _("See whether the sender has written")
    OTHER = "other", _("Something else")


@dataclass(frozen=True)
class NextStep:
    """One step. The names of the stored fields are keys of the sealed JSON, and never change.

    `owner` is the colleague who takes it on; only the name that the others know is sealed with the words.
    """

    what: str
    at: datetime
    owner: "User | None" = None
    text: str = field(default="", repr=False)
    who: str = field(default="", repr=False)

    def to_json(self) -> str:
        """Return the text that is sealed."""
        return json.dumps({"what": self.what, "at": self.at.isoformat(), "text": self.text, "who": self.who})

    @classmethod
    def from_json(cls, sealed_text: str) -> "NextStep":
        """Return the step from the text that was sealed."""
        stored: dict[str, Any] = json.loads(sealed_text)
        return cls(**stored | {"at": datetime.fromisoformat(stored["at"])})

    def with_reason(self, reason: str) -> "NextStep":
        """Return the step with the reason first in its words, as it goes against the sender's preferences."""
        return replace(self, text=f"{reason.strip()}\n\n{self.text}".strip())

    @property
    def summary(self) -> str:
        """What is to be done, in words."""
        return str(What(self.what).label)


def keeps_promise(step: NextStep, promised_at: datetime | None) -> bool:
    """Say whether this step, set in place of a promised call, is a call no later than the sender was told."""
    return step.what == What.RING and promised_at is not None and step.at <= promised_at


def is_call_owed(answers: dict[str, str], attempts: Iterable[Any]) -> bool:
    """Say whether the sender asked to be rung, and no conversation is among the case's contact attempts yet."""
    return answers.get("reach") == "phone" and not any(one and one.is_conversation for one in attempts)
