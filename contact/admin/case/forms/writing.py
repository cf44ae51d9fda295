"""The forms with a text of their own: a reply to the sender, and a note for colleagues."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from contact.admin.case.forms.unusual_day import UnusualDayForm
from contact.cases.unread import newest_entry
from contact.form_fields import ComingMomentField, MessageField
from contact.models import Inquiry
from contact.placeholders import refuse_placeholders

EMPTY = {"required": gettext_lazy("Write a few words first.")}


class WritingForm(forms.Form):
    """A text, and a number of the form's own that makes two clicks one message."""

    use_required_attribute = False

    text = MessageField(error_messages=EMPTY)
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class NoteForm(WritingForm):
    """A note for colleagues."""

    prefix = "note"
    text = MessageField(label=gettext_lazy("Internal note"), error_messages=EMPTY)


class ReplyForm(UnusualDayForm, WritingForm):
    """A reply to the sender. It carries the newest entry that stood on the page where the reply was written."""

    prefix = "reply"
    text = MessageField(
        label=gettext_lazy("Reply to the sender"), error_messages=EMPTY, validators=[refuse_placeholders]
    )
    confirms_nothing = forms.BooleanField(
        label=gettext_lazy("The reply does not confirm that a person is or has been a patient with us"),
        error_messages={"required": gettext_lazy("Read through the reply, and tick the box if it is so.")},
    )
    rings_again = forms.ChoiceField(
        required=False,
        choices=[
            ("yes", gettext_lazy("Yes, the sender waits to be rung")),
            ("no", gettext_lazy("No, the reply is enough")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Is the sender to be rung again?"),
    )
    call_at = ComingMomentField(required=False, label=gettext_lazy("When will you ring? (optional)"))
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, inquiry: Inquiry, data: QueryDict | None = None) -> None:
        """Ask about confidentiality only in a reply to a relative: other senders write about themselves."""
        super().__init__(data, initial={"seen": newest_entry(inquiry)})
        self.fields["text"].widget.attrs["lang"] = inquiry.language
        if inquiry.role != Inquiry.Role.RELATIVE:
            del self.fields["confirms_nothing"]

    def clean_call_at(self) -> datetime | None:
        """Ask about a time that may be a slip of the hand."""
        return self.usual_or_confirmed(self.cleaned_data["call_at"])
