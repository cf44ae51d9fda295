"""What is typed on a case but not sent: no other button of the same page may lose it."""

from typing import Any, Protocol, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from contact.cases.unread import newest_entry
from contact.models import Inquiry


class CasePages(Protocol):
    """A section that shows cases."""

    def case_page(self, request: HttpRequest, inquiry: Inquiry, status: int = 200, **shown: Any) -> HttpResponse:
        """Show one."""


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
    return request.POST.get(SEEN, "") == str(newest_entry(inquiry) or "")


def seen_now(request: HttpRequest, inquiry: Inquiry) -> QueryDict:
    """Return what was typed, for a page that shows the newest entry: the next press is made knowing it."""
    typed = request.POST.copy()
    typed[SEEN] = str(newest_entry(inquiry) or "")
    return typed


def case_again(
    section: "CasePages", request: HttpRequest, inquiry: Inquiry, sent: str = "", *, saw_newest: bool = False
) -> HttpResponse:
    """Show the case after a button; with what stands in forms that were not sent, if anything does.

    `sent` is the prefix of the form that was. What its writer has just added needs no second look before a reply.
    """
    typed = request.POST.copy()
    for name in [name for name in typed if sent and name.startswith(f"{sent}-")]:
        del typed[name]
    if not words_in(typed):
        return redirect("admin:contact_inquiry_change", inquiry.pk)
    if saw_newest and SEEN in typed:
        del typed[SEEN]
    # As it is now: what was pressed has changed it.
    return section.case_page(request, Inquiry.objects.get(pk=inquiry.pk), typed=typed)
