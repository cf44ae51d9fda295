"""Writing on a case: a reply, which its sender reads, and a note, which stays among colleagues."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.admin.access.opener import opener
from contact.admin.case.drafts import case_again, seen_now, sees_newest
from contact.admin.case.erased import told_when_erased
from contact.admin.reply_templates import chosen, joined, other_language
from contact.cases import reading, replies
from contact.cases.unread import UnseenEntry, newest_entry
from contact.crypto.sealing import SealBroken
from contact.form_fields import MessageField
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.placeholders import refuse_placeholders

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from contact.admin.case.page import InboxAdmin

EMPTY = {"required": gettext_lazy("Write a few words first.")}


class WritingForm(forms.Form):
    """A text, and a number of the form's own that makes two clicks one message."""

    use_required_attribute = False

    text = MessageField(error_messages=EMPTY)
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class NoteForm(WritingForm):
    """For colleagues."""

    prefix = "note"
    text = MessageField(label=gettext_lazy("Internal note"), error_messages=EMPTY)


class ReplyForm(WritingForm):
    """For the sender. Carries the newest entry that whoever writes has seen."""

    prefix = "reply"
    text = MessageField(
        label=gettext_lazy("Reply to the sender"), error_messages=EMPTY, validators=[refuse_placeholders]
    )
    confirms_nothing = forms.BooleanField(
        label=gettext_lazy("The reply does not confirm that anybody is or has been a patient with us"),
        error_messages={"required": gettext_lazy("Read through the reply, and tick the box if it is so.")},
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, inquiry: Inquiry, data: QueryDict | None = None) -> None:
        """Ask what a reply to a relative must not say; others write about themselves."""
        super().__init__(data, initial={"seen": newest_entry(inquiry)})
        self.fields["text"].widget.attrs["lang"] = inquiry.language
        if inquiry.role != Inquiry.Role.RELATIVE:
            del self.fields["confirms_nothing"]


class Writing:
    """The POSTs of the thread. What is refused comes back with every word that was typed."""

    @told_when_erased
    def template_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case with the chosen text in the reply, below what stands there. Nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry, pk=pk)
        text, language = chosen(request.POST.get("template", ""), inquiry)
        if not text:
            return self.case_page(request, inquiry, 422, template_problem=_("Choose a text first."))
        typed = request.POST.copy()
        typed["reply-text"] = joined(typed.get("reply-text", ""), text)
        typed.pop("reply-confirms_nothing", None)  # it was ticked for another text
        return self.case_page(request, inquiry, typed=typed, template_note=other_language(language, inquiry))

    @told_when_erased
    def note_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Store a note."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry, form = get_object_or_404(Inquiry, pk=pk), NoteForm(request.POST)
        saw_newest = sees_newest(request, inquiry)
        if not form.is_valid():
            return self.case_page(request, inquiry, 422, note_form=form)
        try:
            replies.add_note(inquiry, form.cleaned_data["text"], _user(request), form=form.cleaned_data["form"])
        except KeysMissing as error:
            form.add_error(None, str(error))
            return self.case_page(request, inquiry, 409, note_form=form)
        messages.success(request, _("The note is stored."))
        return case_again(self, request, inquiry, "note", saw_newest=saw_newest)

    @told_when_erased
    def reply_view(self: "InboxAdmin", request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send a reply, unless there is something that its writer has not seen."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry, pk=pk)
        form = ReplyForm(inquiry, request.POST)
        if inquiry.sender_key is None or not form.is_valid():
            return self.case_page(request, inquiry, 422, reply_form=form)
        try:
            _send(self, request, inquiry, form.cleaned_data)
        except UnseenEntry:
            newer = seen_now(request, inquiry)
            form = ReplyForm(inquiry, newer)
            form.add_error(
                None, _("Something new has come since you opened this page. Read it, then send once more.")
            )
            return self.case_page(request, inquiry, 409, reply_form=form, typed=newer)
        except (KeysMissing, SealBroken):
            form.add_error(None, _("The inbox does not open, so nothing was sent."))
            return self.case_page(request, inquiry, 409, reply_form=form)
        messages.success(request, _("The reply is sent. The sender reads it with the code."))
        return case_again(self, request, inquiry, "reply", saw_newest=True)


def _send(section: "InboxAdmin", request: HttpRequest, inquiry: Inquiry, said: dict[str, Any]) -> None:
    answers = reading.unseal(inquiry, opener(request)(inquiry.key))
    with translation.override(inquiry.language):
        page = request.build_absolute_uri(reverse("contact:answer"))
    replies.reply(
        inquiry,
        said["text"],
        _user(request),
        form=said["form"],
        seen=said["seen"],
        mail_to=replies.mail_address(answers),
        page=page,
    )


def _user(request: HttpRequest) -> "User":
    return cast("User", request.user)
