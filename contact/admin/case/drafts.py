"""What is typed on a case but not sent: no other button of the same page may lose it."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from contact.admin.access.opener import opener, own_private_key
from contact.cases import drafts, replies
from contact.cases.unread import newest_entry
from contact.form_fields import MessageField
from contact.models import Inquiry, Message

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Form = TypeVar("Form", bound=forms.Form)
WORDS = ("reply-text", "note-text", "outside-text", "outside-reason", "step-text", "step-reason")
SEEN = "reply-seen"
KEPT = ("reply-", "note-", "outside-", "step-")  # how the names of fields begin that hold words
SENT_AS = {"reply": Message.Kind.REPLY, "note": Message.Kind.NOTE}
ASKED_ANEW = (SEEN, "reply-confirms_nothing")  # only true of the page where they were answered


def with_draft(form: Form, typed: QueryDict) -> Form:
    """Put back, without judging it, what stood in this form when another button was pressed."""
    for name in form.fields:
        if (key := form.add_prefix(name)) in typed:
            form.initial[name] = str(typed[key]).replace("\x00", "")
    return form


def words_in(typed: QueryDict) -> list[str]:
    """Return the texts that a colleague has typed and not sent."""
    return [text for name in WORDS if (text := typed.get(name, "").strip())]


def keep_words(request: HttpRequest, inquiry: Inquiry, typed: QueryDict) -> None:
    """Keep what is typed as the colleague's draft, or take the draft away when nothing is.

    A button of the list sends none of the fields, and says nothing about the draft. A script may send the draft of
    a text that is sent meanwhile, and a second tab may still show it: what is in the thread is no draft.
    """
    typed = _without_sent(typed)
    if WORDS[0] in request.POST or words_in(typed):  # the form that was sent is left out of `typed`
        names = [name for name in typed if name.startswith(KEPT) and name not in ASKED_ANEW]
        fields = {name: str(typed[name]).replace("\x00", "") for name in names} if words_in(typed) else {}
        drafts.keep_draft(inquiry, cast("User", request.user), fields)


def _without_sent(typed: QueryDict) -> QueryDict:
    left = typed.copy()
    for prefix, kind in SENT_AS.items():
        with suppress(ValueError):
            form, text = UUID(typed.get(f"{prefix}-form", "")), typed.get(f"{prefix}-text", "")
            if replies.is_stored(form, kind, MessageField().to_python(text)):
                del left[f"{prefix}-text"]
    return left


def kept_words(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what this colleague has begun on the case and can open now, as if it had been typed just now."""
    user, own_key = cast("User", request.user), partial(own_private_key, request)
    typed = QueryDict(mutable=True)
    typed.update(drafts.open_draft(inquiry, user, own_key, opener(request)))
    return typed


def sees_newest(request: HttpRequest, inquiry: Inquiry) -> bool:
    """Say whether the page that was sent showed the newest entry of the thread."""
    return request.POST.get(SEEN, "") == str(newest_entry(inquiry) or "")


def with_newest_seen(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what was typed, for a page that shows the newest entry: the next press counts it as seen."""
    typed = request.POST.copy()
    typed[SEEN] = str(newest_entry(inquiry) or "")
    return typed
