"""The forms with a text of their own: a reply to the sender, and a note for colleagues."""

from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

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
