"""What is typed on a case but not sent: no other button of the same page may lose it."""

from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from contact.answering import newest
from contact.models import Inquiry

if TYPE_CHECKING:
    from contact.admin.inbox import InboxAdmin

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
    """Return the texts that somebody has typed and not sent."""
    return [text for name in WORDS if (text := typed.get(name, "").strip())]


def sees_newest(request: HttpRequest, inquiry: Inquiry) -> bool:
    """Say whether the page that was sent showed the newest entry of the thread."""
    return request.POST.get(SEEN, "") == str(newest(inquiry) or "")


def case_again(
    section: "InboxAdmin", request: HttpRequest, inquiry: Inquiry, sent: str, *, saw_newest: bool
) -> HttpResponse:
    """Show the case after a form, named by its prefix, was sent; with what stands in the others, if anything does.

    What the writer has just added needs no second look before a reply goes.
    """
    typed = request.POST.copy()
    for name in [name for name in typed if name.startswith(f"{sent}-")]:
        del typed[name]
    if not words_in(typed):
        return redirect("admin:contact_inquiry_change", inquiry.pk)
    if saw_newest and SEEN in typed:
        del typed[SEEN]
    return section.case_page(request, inquiry, typed=typed)
