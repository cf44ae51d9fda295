"""What a sender wished about being reached, and which of it a contact goes against.

Silence is no leave to leave a message or to send one: somebody else may hear or see it. Referrers are not asked;
what they give is a number at work.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from contact.cases.contact_attempts import Way

REFERRER = "referrer"
WORDS = {
    "code_only": _("The sender wishes to be answered only here, with the code: do not ring, do not write."),
    "no_call": _("The sender has said no to being called."),
    "call_unsaid": _("The sender asked for e-mail, and has not said that we may call."),
    "no_message": _("The sender has said no to a message being left."),
    "message_unsaid": _("The sender has not said that a message may be left."),
    "no_text": _("The sender has said no to text messages."),
    "text_unsaid": _("The sender has not said that we may send a text message."),
    "hours": _("It was outside the times that the sender has given."),
}


def against(answers: Mapping[str, str], role: str, way: str, *, outside_hours: bool = False) -> tuple[str, ...]:
    """Return the wishes, by their stored words, that a contact in this way goes against."""
    found = ["code_only"] if answers.get("reach") == "code" else []
    if way in (Way.CALLED, Way.MESSAGE):
        found += _about_calling(answers)
    if way == Way.MESSAGE:
        found += _asked("message", answers.get("may_leave_message"), role)
    if way == Way.TEXTED:
        found += _asked("text", answers.get("may_text"), role)
    return (*found, *(["hours"] if outside_hours else []))


def in_words(wishes: Iterable[str]) -> list[str]:
    """Return the sentences for staff; a word from another day is shown as it was stored."""
    return [str(WORDS.get(wish, wish)) for wish in wishes]


def _about_calling(answers: Mapping[str, str]) -> list[str]:
    if answers.get("may_call") == "no":
        return ["no_call"]
    if answers.get("reach") == "email" and "may_call" not in answers:
        return ["call_unsaid"]
    return []


def _asked(what: str, answer: str | None, role: str) -> list[str]:
    if answer == "no":
        return [f"no_{what}"]
    return [f"{what}_unsaid"] if answer != "yes" and role != REFERRER else []
