"""An inquiry's answers as lines that staff read: numbers to press, and what is allowed right beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    "if_other": gettext_lazy("If somebody else answers"),
    "email": gettext_lazy("E-mail"),
    "when": gettext_lazy("When it suits"),
}
REACHING = ("reach", "phone", "if_other", "email", "when", "may_call", "may_leave_message", "may_text")
# Shown beside the number, not as lines of their own: whoever dials has just read them.
BESIDE_PHONE = ("may_call", "may_leave_message", "may_text")
WAYS = {
    "phone": gettext_lazy("by telephone"),
    "email": gettext_lazy("here, and to be told by e-mail that it has come"),
    "code": gettext_lazy("only here, with the code: do not ring, do not write"),
}


@dataclass(frozen=True)
class Line:
    """One line of an opened inquiry."""

    label: str
    text: str
    href: str = ""
    beside: str = ""


def lines(answers: Mapping[str, str], role: str) -> list[Line]:
    """Return the answers in the order staff need them; what an older form asked comes last, as it was."""
    known = [_line(name, answers, role) for name in LABELS if name in answers]
    if "phone" not in answers and (beside := _beside_phone(answers, role)):
        known.append(Line(_("Phone"), _("no number given"), beside=beside))
    rest = [name for name in answers if name not in LABELS and name not in BESIDE_PHONE]
    return known + [Line(name, answers[name]) for name in rest]


def how_to_reach(answers: Mapping[str, str], role: str) -> list[Line]:
    """Return what whoever rings must have before their eyes: the number, and what the sender wishes."""
    about = {name: answers[name] for name in answers if name in REACHING}
    return lines(about, role) or [Line(_("Phone"), _("no number given"))]


def _line(name: str, answers: Mapping[str, str], role: str) -> Line:
    label, text = str(LABELS[name]), answers[name]
    if name == "phone":
        digits = "".join(sign for sign in text if sign.isascii() and (sign.isdigit() or sign == "+"))
        return Line(label, text, f"tel:{digits}" if digits else "", _beside_phone(answers, role))
    if name == "email":
        return Line(label, text, f"mailto:{quote(text, safe='@')}")
    if name == "reach":
        return Line(label, str(WAYS.get(text, text)))
    if name == "relation":
        return Line(label, str(dict(RELATIONS).get(text, text)))
    return Line(label, text)


def _beside_phone(answers: Mapping[str, str], role: str) -> str:
    said = {
        ("may_call", "yes"): _("May be called."),
        ("may_call", "no"): _("Do not call."),
        ("may_leave_message", "yes"): _("A message may be left."),
        ("may_leave_message", "no"): _("Leave no message."),
        ("may_text", "yes"): _("May be sent a text message, which only asks to ring us."),
        ("may_text", "no"): _("Send no text message."),
    }
    beside = [said[name, answers[name]] for name in BESIDE_PHONE if (name, answers.get(name, "")) in said]
    unsaid = [name for name in BESIDE_PHONE if name in FORMS[role].base_fields and name not in answers]
    if answers.get("reach") == "code":
        beside.insert(0, _("Wishes the answer only here, with the code."))
    if "phone" in answers and "may_call" in unsaid:
        beside.insert(0, _("Did not say whether we may call."))
    if "phone" in answers and "may_leave_message" in unsaid:
        beside.append(_("Did not say whether a message may be left."))
    if "phone" in answers and "may_text" in unsaid:
        beside.append(_("Did not say whether we may send a text message: send none."))
    if "phone" in answers and "reach" in answers and role != "referrer" and "if_other" not in answers:
        beside.append(_("If somebody else answers: do not say where you ring from."))
    return " ".join(beside)
