"""How a sender wants to be contacted, and which of these preferences a contact attempt goes against.

No answer is no consent to a recorded message or a text message: another person may hear or see it. Referrers are
not asked; the number they give is one at work.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from contact.cases.contact_attempts import Way
from contact.cases.next_step import What

REFERRER = "referrer"
# The keys are stored with each attempt, and never change.
SENTENCES = {
    "code_only": _("The sender wishes to be answered only here, with the code: do not ring, do not write."),
    "no_call": _("The sender has said no to being called."),
    "call_unsaid": _("The sender asked for e-mail, and has not said that we may call."),
    "no_message": _("The sender has said no to a message being left."),
    "message_unsaid": _("The sender has not said that a message may be left."),
    "no_text": _("The sender has said no to text messages."),
    "text_unsaid": _("The sender has not said that we may send a text message."),
    "no_number": _("The sender has given no number."),
    "hours": _("It was outside the times that the sender has given."),
}


class ReasonMissing(Exception):
    """What was done, or is to be done, goes against the sender's preferences, and the colleague gave no reason."""


def breached_preferences(
    answers: Mapping[str, str], role: str, way: str, *, outside_hours: bool = False
) -> tuple[str, ...]:
    """Return the keys of the preferences that contacting the sender in this way goes against."""
    breached = ["code_only"] if answers.get("reach") == "code" else []
    if way in (Way.CALLED, Way.MESSAGE):
        breached += _breached_by_calling(answers)
    if way == Way.MESSAGE:
        breached += _breached_without_consent("message", answers.get("may_leave_message"), role)
    if way == Way.TEXTED:
        breached += _breached_without_consent("text", answers.get("may_text"), role)
    return (*breached, *(["hours"] if outside_hours else []))


def breached_by_step(answers: Mapping[str, str], role: str, what: str) -> tuple[str, ...]:
    """Return the keys of the preferences that this next step goes against; also that no number was given."""
    if what != What.RING:
        return ()
    return (*breached_preferences(answers, role, Way.CALLED), *(() if answers.get("phone") else ["no_number"]))


def describe_preferences(keys: Iterable[str]) -> list[str]:
    """Return a sentence for each key. A key that this version does not know is shown as it is stored."""
    return [str(SENTENCES.get(key, key)) for key in keys]


def _breached_by_calling(answers: Mapping[str, str]) -> list[str]:
    if answers.get("may_call") == "no":
        return ["no_call"]
    if answers.get("reach") == "email" and "may_call" not in answers:
        return ["call_unsaid"]
    return []


def _breached_without_consent(what: str, answer: str | None, role: str) -> list[str]:
    if answer == "no":
        return [f"no_{what}"]
    return [f"{what}_unsaid"] if answer != "yes" and role != REFERRER else []
