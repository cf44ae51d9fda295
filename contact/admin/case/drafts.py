"""What is typed on a case but not sent: no other button of the same page may lose it."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict

from contact.admin.access.opener import opener, own_private_key
from contact.admin.case.forms.contact_attempt import ContactAttemptForm
from contact.admin.case.forms.next_step import NextStepForm
from contact.admin.case.typed_words import WORDS, words_in
from contact.cases import drafts, reading
from contact.cases.unread import newest_entry
from contact.cases.writing import entries
from contact.crypto.sealing import SealBroken
from contact.form_fields import MessageField
from contact.keys.keyring import KeysMissing
from contact.models import Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SEEN = "reply-seen"
KEPT = ("reply-", "note-", "outside-", "step-")  # how the names of fields begin that hold words
SENT_AS = {
    "reply": Message.Kind.REPLY,
    "note": Message.Kind.NOTE,
    "outside": Message.Kind.CONTACT_ATTEMPT,
    "step": Message.Kind.NEXT_STEP,
}
PAGE, SHOWN = "draft-page", "draft-shown"  # the number of the page, and of the draft that it showed
# Only true of the page where they were answered.
ASKED_ANEW = (SEEN, "reply-confirms_nothing", "reply-rings_again")


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
        user, own_key = cast("User", request.user), partial(own_private_key, request)
        drafts.keep_draft(inquiry, user, fields, page or uuid4(), shown, own_key)


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


def kept_words(request: HttpRequest, inquiry: Inquiry) -> tuple[QueryDict, dict[str, Any]]:
    """Return what this colleague has begun on the case and can open now, as if it had been typed just now.

    With it, what the page says about drafts. A look writes nothing: a draft whose words are in the thread is
    passed over here, and goes with the button that stores the next entry (`drop_sent`).
    """
    drafts_here = _open_drafts(request, inquiry)
    begun = [typed for typed in drafts_here.values() if words_in(typed)]
    closed = drafts.count_drafts(inquiry, cast("User", request.user)) - len(drafts_here)
    said = {
        "draft_is_shown": bool(begun),
        "draft_waits": closed > 0 and not begun,
        "has_more_drafts": len(begun) + closed > 1,
    }
    return (begun[0] if begun else QueryDict(mutable=True)), said


def drop_sent(request: HttpRequest, inquiry: Inquiry) -> None:
    """Take away each draft whose words are in the thread, as of a second tab that showed them too."""
    sent = [number for number, typed in _open_drafts(request, inquiry).items() if not words_in(typed)]
    drafts.drop_drafts(sent)


def _open_drafts(request: HttpRequest, inquiry: Inquiry) -> dict[UUID, QueryDict]:
    """Return what stands in each draft of this colleague that opens, without what is in the thread by now."""
    user, own_key = cast("User", request.user), partial(own_private_key, request)
    left = dict[UUID, QueryDict]()
    for number, fields in drafts.open_drafts(inquiry, user, own_key, opener(request)).items():
        typed = QueryDict(mutable=True)
        typed.update(fields | {SHOWN: str(number)})
        left[number] = _without_sent(request, inquiry, typed)
    return left


def sees_newest(request: HttpRequest, inquiry: Inquiry) -> bool:
    """Say whether the page that was sent showed the newest entry of the thread."""
    return request.POST.get(SEEN, "") == str(newest_entry(inquiry) or "")


def with_newest_seen(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what was typed, for a page that shows the newest entry: the next press counts it as seen."""
    typed = request.POST.copy()
    typed[SEEN] = str(newest_entry(inquiry) or "")
    return typed
