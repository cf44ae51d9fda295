"""What is typed on a case but not sent: no other button of the same page may lose it."""

from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from contact.cases.unread import newest_entry
from contact.models import Inquiry

Form = TypeVar("Form", bound=forms.Form)
WORDS = ("reply-text", "note-text", "outside-text", "outside-reason")
SEEN = "reply-seen"


def with_draft(form: Form, typed: QueryDict) -> Form:
    """Put back, without judging it, what stood in this form when another button was pressed."""
    for name in form.fields:
        if (key := form.add_prefix(name)) in typed:
            form.initial[name] = str(typed[key]).replace("\x00", "")
    return form


def words_in(typed: QueryDict) -> list[str]:
    """Return the texts that a colleague has typed and not sent."""
    return [text for name in WORDS if (text := typed.get(name, "").strip())]


def sees_newest(request: HttpRequest, inquiry: Inquiry) -> bool:
    """Say whether the page that was sent showed the newest entry of the thread."""
    return request.POST.get(SEEN, "") == str(newest_entry(inquiry) or "")


def with_newest_seen(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what was typed, for a page that shows the newest entry: the next press counts it as seen."""
    typed = request.POST.copy()
    typed[SEEN] = str(newest_entry(inquiry) or "")
    return typed
