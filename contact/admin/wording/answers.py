"""An inquiry's answers as lines that staff read: a number to press, and beside it what the sender allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.phone_numbers import phone_pieces
from contact.sender.forms.inquiry import InquiryForm
from contact.sender.forms.private import RELATIONS, PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm

FORMS: dict[str, type[InquiryForm]] = {form.role: form for form in (PatientForm, RelativeForm, ReferrerForm)}
LABELS = {
    "message": gettext_lazy("Message"),
    "workplace": gettext_lazy("Works at"),
    "relation": gettext_lazy("Who it is about"),
    "name": gettext_lazy("Name or alias"),
    "reach": gettext_lazy("Would like the answer"),
    "phone": gettext_lazy("Phone"),
    "if_other": gettext_lazy("If another person answers"),
    "email": gettext_lazy("E-mail"),
    "when": gettext_lazy("When it suits"),
}
REACHING = ("reach", "phone", "if_other", "email", "when", "may_call", "may_leave_message", "may_text")
# Shown beside the number, not as lines of their own, so that the colleague who dials has just read them.
PERMISSIONS = ("may_call", "may_leave_message", "may_text")
ALLOWED = {
    ("may_call", "yes"): gettext_lazy("May be called."),
    ("may_call", "no"): gettext_lazy("Do not call."),
    ("may_leave_message", "yes"): gettext_lazy("A message may be left."),
    ("may_leave_message", "no"): gettext_lazy("Leave no message."),
    ("may_text", "yes"): gettext_lazy("May be sent a text message, which only asks to ring us."),
    ("may_text", "no"): gettext_lazy("Send no text message."),
}
NOT_SAID = {
    "may_call": gettext_lazy("Did not say whether we may call."),
    "may_leave_message": gettext_lazy("Did not say whether a message may be left."),
    "may_text": gettext_lazy("Did not say whether we may send a text message: send none."),
}
WAYS = {
    "phone": gettext_lazy("by telephone"),
    "email": gettext_lazy("here, and to be told by e-mail that it has come"),
    "code": gettext_lazy("only here, with the code: do not ring, do not write"),
}


@dataclass(frozen=True)
class AnswerLine:
    """One line of an opened inquiry."""

    label: str
    text: str
    href: str = ""
    beside: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)  # words with the address that each dials, or ""


def answer_lines(answers: Mapping[str, str], role: str) -> list[AnswerLine]:
    """Return the answers in the order staff need them; answers to an older form come last, as they are stored."""
    known = [_line(name, answers, role) for name in LABELS if name in answers]
    if "phone" not in answers and (beside := _permissions_in_words(answers, role)):
        known.append(AnswerLine(_("Phone"), _("no number given"), beside=beside))
    rest = [name for name in answers if name not in LABELS and name not in PERMISSIONS]
    return known + [AnswerLine(name, answers[name]) for name in rest]


def how_to_reach(answers: Mapping[str, str], role: str) -> list[AnswerLine]:
    """Return what a colleague has to read before ringing: the number, and what the sender wishes."""
    about = {name: answers[name] for name in answers if name in REACHING}
    return answer_lines(about, role) or [AnswerLine(_("Phone"), _("no number given"))]


def _line(name: str, answers: Mapping[str, str], role: str) -> AnswerLine:
    label, text = str(LABELS[name]), answers[name]
    if name == "phone":
        return AnswerLine(label, text, beside=_permissions_in_words(answers, role), pieces=phone_pieces(text))
    if name == "email":
        return AnswerLine(label, text, f"mailto:{quote(text, safe='@')}")
    if name == "reach":
        return AnswerLine(label, str(WAYS.get(text, text)))
    if name == "relation":
        return AnswerLine(label, str(dict(RELATIONS).get(text, text)))
    return AnswerLine(label, text)


def _permissions_in_words(answers: Mapping[str, str], role: str) -> str:
    """Return what the sender allows and forbids on the telephone, and what the sender did not say."""
    has_phone, asked = "phone" in answers, FORMS[role].base_fields
    not_said = [name for name in PERMISSIONS if has_phone and name in asked and name not in answers]
    if answers.get("reach") == "phone" and "may_call" in not_said:
        not_said.remove("may_call")  # who asks to be rung has said it
    sentences = [
        NOT_SAID["may_call"] if "may_call" in not_said else "",
        _("Wishes the answer only here, with the code.") if answers.get("reach") == "code" else "",
        *(ALLOWED.get((name, answers.get(name, "")), "") for name in PERMISSIONS),
        *(NOT_SAID[name] for name in not_said if name != "may_call"),
        _("If another person answers: do not say where you ring from.")
        if _must_be_discreet(answers, role)
        else "",
    ]
    return " ".join(str(sentence) for sentence in sentences if sentence)


def _must_be_discreet(answers: Mapping[str, str], role: str) -> bool:
    """Say whether a private sender left open what to say to another person who answers the telephone."""
    return "phone" in answers and "reach" in answers and role != "referrer" and "if_other" not in answers
