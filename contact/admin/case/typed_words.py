"""The texts that a colleague has typed on a case and not sent, in one form of its page or in all."""

from django.forms import BaseForm
from django.http import QueryDict

from contact.admin.case.forms.contact_attempt import ContactAttemptForm
from contact.admin.case.forms.next_step import NextStepForm
from contact.admin.case.forms.writing import NoteForm, ReplyForm
from mestring.typed_text.invisible_signs import holds_words

WORDS = ("reply-text", "note-text", "outside-text", "outside-reason", "step-text", "step-reason")
FORMS: dict[str, type[BaseForm]] = {
    "reply": ReplyForm, "note": NoteForm, "outside": ContactAttemptForm, "step": NextStepForm,
}  # fmt: skip


def words_in(typed: QueryDict, prefix: str = "") -> list[str]:
    """Return the texts that a colleague has typed and not sent, in one form of the page or in all."""
    texts = [typed.get(name, "").strip() for name in WORDS if name.startswith(prefix)]
    return [text for text in texts if holds_words(text)]


def words_by_field(typed: QueryDict) -> list[tuple[str, str]]:
    """Return the same texts, each with the label of its field."""
    return [(_label(name), text) for name in WORDS for text in words_in(typed, name)]


def _label(name: str) -> str:
    prefix, _hyphen, field = name.partition("-")
    return str(FORMS[prefix].base_fields[field].label)  # type: ignore[attr-defined]  # every form class has them
