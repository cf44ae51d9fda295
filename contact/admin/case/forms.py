"""The forms of a case: a reply, a note, a contact attempt, and the question that is asked when it is closed."""

from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from contact.cases import contact_preferences
from contact.cases.contact_attempts import CONVERSATIONS, ContactAttempt, Outcome, Way
from contact.cases.next_step import NextStep, What
from contact.cases.unread import newest_entry
from contact.form_fields import ComingMomentField, MessageField, PlainTextField
from contact.keys.inbox_openers import inbox_openers, inbox_openers_by_name
from contact.models import Inquiry
from contact.permissions import display_name, names_apart
from contact.placeholders import refuse_placeholders

Form = TypeVar("Form", bound=forms.Form)
EMPTY = {"required": gettext_lazy("Write a few words first.")}
CHOOSE = [("", gettext_lazy("Choose"))]
SMALL = {"rows": 3, "spellcheck": "true"}


class WritingForm(forms.Form):
    """A text, and a number of the form's own that makes two clicks one message."""

    use_required_attribute = False

    text = MessageField(error_messages=EMPTY)
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class NoteForm(WritingForm):
    """A note for colleagues."""

    prefix = "note"
    text = MessageField(label=gettext_lazy("Internal note"), error_messages=EMPTY)


class ReplyForm(WritingForm):
    """A reply to the sender. It carries the newest entry that stood on the page where the reply was written."""

    prefix = "reply"
    text = MessageField(
        label=gettext_lazy("Reply to the sender"), error_messages=EMPTY, validators=[refuse_placeholders]
    )
    confirms_nothing = forms.BooleanField(
        label=gettext_lazy("The reply does not confirm that anybody is or has been a patient with us"),
        error_messages={"required": gettext_lazy("Read through the reply, and tick the box if it is so.")},
    )
    call_at = ComingMomentField(required=False, label=gettext_lazy("When will you ring? (optional)"))
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, inquiry: Inquiry, data: QueryDict | None = None) -> None:
        """Ask about confidentiality only in a reply to a relative: other senders write about themselves."""
        super().__init__(data, initial={"seen": newest_entry(inquiry)})
        self.fields["text"].widget.attrs["lang"] = inquiry.language
        if inquiry.role != Inquiry.Role.RELATIVE:
            del self.fields["confirms_nothing"]


class AgainstWishesForm(forms.Form):
    """Asks for a reason where what is typed goes against what the sender wishes."""

    use_required_attribute = False
    broken: list[str] = []  # the wishes of the sender that it goes against, in words

    reason = PlainTextField(
        longest=1000,
        required=False,
        label=gettext_lazy("Why is it right all the same?"),
        widget=forms.Textarea(attrs=SMALL),
    )

    def needs_reason(self) -> bool:
        """Say whether the field for the reason is shown."""
        return bool(self.broken or self.errors.get("reason") or self["reason"].value())


class ContactAttemptForm(AgainstWishesForm):
    """What a colleague did to reach the sender, how it went and, where the sender wished otherwise, why."""

    prefix = "outside"

    way = forms.ChoiceField(
        choices=CHOOSE + Way.choices,
        label=gettext_lazy("What did you do?"),
        error_messages={"required": gettext_lazy("Choose what you did.")},
    )
    outcome = forms.ChoiceField(
        choices=CHOOSE + Outcome.choices,
        label=gettext_lazy("How did it go?"),
        error_messages={"required": gettext_lazy("Choose how it went.")},
    )
    outside_hours = forms.BooleanField(
        required=False, label=gettext_lazy("It was outside the times that the sender has given")
    )
    text = PlainTextField(
        longest=10_000,
        required=False,
        label=gettext_lazy("What was said, or what others should know (optional)"),
        widget=forms.Textarea(attrs=SMALL),
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        """Refuse a conversation by text message: it would end the wait of a sender whom no colleague has heard."""
        typed = super().clean() or self.cleaned_data
        if typed.get("outcome") == Outcome.REACHED and typed.get("way", CONVERSATIONS[0]) not in CONVERSATIONS:
            self.add_error(
                "outcome", gettext_lazy("A message is no conversation. Choose “Sent or left”, and go on trying.")
            )
        return typed

    def what_is_stored(self, inquiry: Inquiry, answers: dict[str, str]) -> ContactAttempt:
        """Return the attempt with the wishes it goes against; only then is a reason stored."""
        typed = self.cleaned_data
        broken = contact_preferences.breached_preferences(
            answers, inquiry.role, typed["way"], outside_hours=typed["outside_hours"]
        )
        self.broken = contact_preferences.describe_preferences(broken)
        return ContactAttempt(
            typed["way"], typed["outcome"], typed["text"], broken, typed["reason"] if broken else ""
        )


class NextStepForm(AgainstWishesForm):
    """What is to be done next, when, and by whom: a colleague who can open the inbox."""

    prefix = "step"
    against: tuple[str, ...] = ()  # the keys of the wishes that it goes against

    what = forms.ChoiceField(
        choices=CHOOSE + What.choices,
        label=gettext_lazy("What is to be done?"),
        error_messages={"required": gettext_lazy("Choose what is to be done.")},
    )
    at = ComingMomentField(
        label=gettext_lazy("When?"), error_messages={"required": gettext_lazy("Choose the day and the time.")}
    )
    owner = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label=gettext_lazy("Who?"),
        error_messages={"invalid_choice": gettext_lazy("Choose a colleague who can open the inbox.")},
    )
    text = PlainTextField(
        longest=1000,
        required=False,
        label=gettext_lazy("What should others know about it? (optional)"),
        widget=forms.Textarea(attrs=SMALL),
    )
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, user: Any, data: QueryDict | None = None) -> None:
        """Offer the colleagues who can open the inbox, oneself first chosen."""
        super().__init__(data)
        names = names_apart(inbox_openers_by_name()).items()
        self.fields["owner"].choices = [("", gettext_lazy("Nobody in particular")), *names]  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].initial = user.pk

    def what_is_stored(self, inquiry: Inquiry, answers: dict[str, str]) -> NextStep:
        """Return the step as it stands in the thread, with the reason where it needs one."""
        step = self.planned(inquiry, answers)
        return step.with_reason(self.cleaned_data["reason"]) if self.against else step

    def planned(self, inquiry: Inquiry, answers: dict[str, str]) -> NextStep:
        """Return the step, and remember which wishes of the sender it goes against."""
        typed = self.cleaned_data
        self.against = contact_preferences.breached_by_step(answers, inquiry.role, typed["what"])
        self.broken = contact_preferences.describe_preferences(self.against)
        owner = inbox_openers().filter(pk=typed["owner"]).first()
        return NextStep(typed["what"], typed["at"], owner, typed["text"], display_name(owner) if owner else "")


class CloseForm(forms.Form):
    """The question about the patient journal, without which no case is closed."""

    use_required_attribute = False
    prefix = "close"

    journal = forms.ChoiceField(
        choices=Inquiry.Journal.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Is this recorded in the patient journal?"),
        error_messages={"required": gettext_lazy("Answer this before you close.")},
    )


def with_draft(form: Form, typed: QueryDict) -> Form:
    """Put back, without judging it, what stood in this form when another button was pressed."""
    for name in form.fields:
        if (key := form.add_prefix(name)) in typed:
            form.initial[name] = str(typed[key]).replace("\x00", "")
    return form


def forms_with_drafts(inquiry: Inquiry, typed: QueryDict, user: Any) -> dict[str, Any]:
    """Return the forms of a case, each with what was typed in it when another button was pressed."""
    return {
        "reply_form": with_draft(ReplyForm(inquiry), typed),
        "note_form": with_draft(NoteForm(), typed),
        "attempt_form": with_draft(ContactAttemptForm(), typed),
        "step_form": with_draft(NextStepForm(user), typed),
        "close_form": with_draft(CloseForm(), typed),
    }
