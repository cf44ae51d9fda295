"""The buttons that write on a case: a reply, which its sender reads, and a note, which stays among colleagues.

What is refused comes back with every word that was typed.
"""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contact.admin.access.opener import opener
from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.case_view import case_view
from contact.admin.case.drafts import sees_newest, with_newest_seen
from contact.admin.case.forms.writing import NoteForm, ReplyForm
from contact.admin.case.page import case_again, case_page
from contact.admin.wording.template_choices import append_text, chosen_text, language_warning
from contact.cases import reading
from contact.cases.deadlines import waits
from contact.cases.next_step import NextStep, What, is_call_owed
from contact.cases.unread import UnseenEntry
from contact.cases.writing import notes, replies
from contact.crypto.sealing import SealBroken
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry
from contact.permissions import display_name

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SENDER_CHANGED = gettext_lazy(
    "Nothing was sent: the return code of this inquiry was changed in the database after it came in, so the reply "
    "could reach another person. Tell the person responsible for the website. Ring the sender if that is allowed."
)


class RingingUnsaid(Exception):
    """The sender wrote again after a conversation, and the colleague has not said whether to ring once more."""


@case_view("POST")
def insert_template(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Show the case with the chosen text in the reply, below what stands there. Nothing is stored."""
    text, language = chosen_text(request.POST.get("template", ""), inquiry)
    if not text:
        return case_page(section, request, inquiry, 422, template_problem=_("Choose a text first."))
    typed = request.POST.copy()
    typed["reply-text"] = append_text(typed.get("reply-text", ""), text)
    typed.pop("reply-confirms_nothing", None)  # it was ticked for another text
    return case_page(section, request, inquiry, typed=typed, template_note=language_warning(language, inquiry))


@case_view("POST")
def store_note(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Store a note for colleagues."""
    form, saw_newest = NoteForm(request.POST), sees_newest(request, inquiry)
    if not form.is_valid():
        return case_page(section, request, inquiry, 422, note_form=form)
    user, note = cast("User", request.user), form.cleaned_data
    try:
        notes.add_note(inquiry, note["text"], user, form=note["form"])
    except KeysMissing as error:
        form.add_error(None, str(error))
        return case_page(section, request, inquiry, 409, note_form=form)
    messages.success(request, _("The note is stored."))
    return case_again(section, request, inquiry, "note", saw_newest=saw_newest)


@case_view("POST")
def send_reply(section: RestrictedAdmin, request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Send a reply, unless the thread has an entry that its writer has not seen."""
    form = ReplyForm(inquiry, request.POST)
    if inquiry.sender_key is None or not form.is_valid():
        return case_page(section, request, inquiry, 422, reply_form=form)
    try:
        _send(request, inquiry, form.cleaned_data)
    except UnseenEntry:
        typed = with_newest_seen(request, inquiry)
        form = ReplyForm(inquiry, typed)
        form.add_error(None, _("Something new has come since you opened this page. Read it, then send once more."))
        return case_page(section, request, inquiry, 409, reply_form=form, typed=typed)
    except (KeysMissing, SealBroken):
        form.add_error(None, _("The inbox does not open, so nothing was sent."))
        return case_page(section, request, inquiry, 409, reply_form=form)
    except RingingUnsaid:
        form.add_error("rings_again", _("Say whether the sender is to be rung again, and send once more."))
        return case_page(section, request, inquiry, 422, reply_form=form)
    except replies.SenderChanged:
        form.add_error(None, SENDER_CHANGED)
        return case_page(section, request, inquiry, 409, reply_form=form)
    messages.success(request, _("The reply is sent. The sender reads it with the code."))
    return case_again(section, request, inquiry, "reply", saw_newest=True)


def _send(request: HttpRequest, inquiry: Inquiry, reply: dict[str, Any]) -> None:
    key, user = opener(request), cast("User", request.user)
    answers = reading.unseal(inquiry, key(inquiry.key))
    call_at, said = reply["call_at"], reply["rings_again"]
    owed = is_call_owed(answers, reading.open_messages(inquiry, key), waits=waits(inquiry))
    if owed is None and not (said or call_at):
        raise RingingUnsaid
    with translation.override(inquiry.language):
        page = settings.SITE_ADDRESS + reverse("contact:answer")
    replies.reply(
        inquiry,
        reply["text"],
        user,
        form=reply["form"],
        seen=reply["seen"],
        mail_to=replies.mail_address(answers),
        page=page,
        opener=key,
        is_call_owed=bool(owed or (owed is None and (said == "yes" or call_at))),
        step=NextStep(What.RING, call_at, user, who=display_name(user)) if call_at else None,
    )
