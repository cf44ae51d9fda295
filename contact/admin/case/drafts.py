"""What is typed on a case but not sent: no other button of the same page may lose it."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict

from contact.admin.access.opener import opener, own_private_key
from contact.admin.case.forms.contact_attempt import ContactAttemptForm
from contact.admin.case.forms.next_step import NextStepForm
from contact.cases import drafts, reading
from contact.cases.unread import newest_entry
from contact.cases.writing import entries
from contact.crypto.sealing import SealBroken
from contact.form_fields import MessageField
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WORDS = ("reply-text", "note-text", "outside-text", "outside-reason", "step-text", "step-reason")
SEEN = "reply-seen"
KEPT = ("reply-", "note-", "outside-", "step-")  # how the names of fields begin that hold words
SENT_AS = {
    "reply": Message.Kind.REPLY,
    "note": Message.Kind.NOTE,
    "outside": Message.Kind.CONTACT_ATTEMPT,
    "step": Message.Kind.NEXT_STEP,
}
PAGE, SHOWN = "draft-page", "draft-shown"  # the number of the page, and of the draft that it showed
ASKED_ANEW = (SEEN, "reply-confirms_nothing")  # only true of the page where they were answered


def words_in(typed: QueryDict, prefix: str = "") -> list[str]:
    """Return the texts that a colleague has typed and not sent, in one form of the page or in all."""
    return [text for name in WORDS if name.startswith(prefix) and (text := typed.get(name, "").strip())]


def keep_words(request: HttpRequest, inquiry: Inquiry, typed: QueryDict) -> None:
    """Keep what is typed as the draft of this page, or take that draft away when nothing is.

    A button of the list has no page's number, and says nothing about the draft. A script may send the draft of
    a text that is sent meanwhile, and a second tab may still show it: what is in the thread is no draft.
    """
    typed, page = _without_sent(request, inquiry, typed), _number(request.POST, PAGE)
    words = words_in(typed)
    if page or words:
        names = [name for name in typed if words and name.startswith(KEPT) and name not in ASKED_ANEW]
        fields = {name: str(typed[name]).replace("\x00", "") for name in names}
        shown = _number(request.POST, SHOWN)
        drafts.keep_draft(inquiry, cast("User", request.user), fields, page or uuid4(), shown)


def page_numbers(typed: QueryDict) -> dict[str, Any]:
    """Return the hidden numbers of the page that is shown: a fresh one, unless it was sent and comes back."""
    return {"draft_page": _number(typed, PAGE) or uuid4(), "draft_shown": _number(typed, SHOWN)}


def _number(typed: QueryDict, name: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(typed.get(name, ""))
    return None


def _without_sent(request: HttpRequest, inquiry: Inquiry, typed: QueryDict) -> QueryDict:
    left = typed.copy()
    for prefix in SENT_AS:
        with suppress(KeysMissing, SealBroken):  # what cannot be compared is kept
            if words_in(typed, prefix) and _is_stored(prefix, request, inquiry, typed):
                for name in WORDS:
                    if name.startswith(prefix):
                        left.pop(name, None)
    return left


def _is_stored(prefix: str, request: HttpRequest, inquiry: Inquiry, typed: QueryDict) -> bool:
    number, text = _number(typed, f"{prefix}-form"), MessageField().to_python(typed.get(f"{prefix}-text", ""))
    if prefix == ContactAttemptForm.prefix:
        form: ContactAttemptForm | NextStepForm = ContactAttemptForm(typed)
    elif prefix == NextStepForm.prefix:
        form = NextStepForm(request.user, typed)
    else:
        return number is not None and entries.is_stored(number, SENT_AS[prefix], text)
    if number is None or not form.is_valid():
        return False
    answers = reading.unseal(inquiry, opener(request)(inquiry.key))
    return entries.is_stored(number, SENT_AS[prefix], form.what_is_stored(inquiry, answers).to_json())


def kept_words(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what this colleague has begun on the case and can open now, as if it had been typed just now.

    A draft whose words are in the thread meanwhile goes, and the next one is shown.
    """
    user, own_key = cast("User", request.user), partial(own_private_key, request)
    while True:
        typed = QueryDict(mutable=True)
        shown, fields = drafts.open_draft(inquiry, user, own_key, opener(request))
        typed.update(fields | {SHOWN: str(shown or "")})
        typed = _without_sent(request, inquiry, typed)
        if shown is None or words_in(typed):
            return typed
        drafts.keep_draft(inquiry, user, {}, shown, None)


def sees_newest(request: HttpRequest, inquiry: Inquiry) -> bool:
    """Say whether the page that was sent showed the newest entry of the thread."""
    return request.POST.get(SEEN, "") == str(newest_entry(inquiry) or "")


def with_newest_seen(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what was typed, for a page that shows the newest entry: the next press counts it as seen."""
    typed = request.POST.copy()
    typed[SEEN] = str(newest_entry(inquiry) or "")
    return typed
