"""The next step of a case: what is to be done, when, and by which colleague, so that no promise is only a text.

The time and the colleague stand in the clear, on the inquiry, so that lists and mail can count what is late. What
is to be done is sealed, as an entry of the thread: a plan to ring a sender is as private as the inquiry.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.cases.business_hours import is_business_day
from contact.models import Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FAR = timedelta(days=60)  # a step further away is rare, and a slip in the month or the year is not


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


def is_unusual(at: datetime, now: datetime) -> bool:
    """Say whether to ask about this time: it is far away, or on a day on which the clinic does not answer."""
    return at > now + FAR or not is_business_day(timezone.localdate(at))


def keeps_promise(step: NextStep, promised_at: datetime | None) -> bool:
    """Say whether this step, set in place of a promised call, is a call no later than the sender was told."""
    return step.what == What.RING and promised_at is not None and step.at <= promised_at


def is_call_owed(answers: dict[str, str], thread: Sequence[Any], *, waits: bool) -> bool | None:
    """Say whether the sender asked to be rung and is to be rung; None while only a colleague can say it.

    It is owed before they have spoken, and when the sender has written since and the reply to that let the sender
    wait on (`waits`). Without such a reply its writer says whether the words ask for one more call.
    """
    if answers.get("reach") != "phone":
        return False
    spoken = [place for place, one in enumerate(thread) if one.attempt and one.attempt.is_conversation]
    if not spoken:
        return True
    kinds = [one.kind for one in thread[spoken[-1] :]]
    if Message.Kind.FROM_SENDER not in kinds:
        return False
    last_words = max(place for place, kind in enumerate(kinds) if kind == Message.Kind.FROM_SENDER)
    return waits if Message.Kind.REPLY in kinds[last_words:] else None
