"""All forms of a case's page, with what was typed in them when another button was pressed."""

from typing import Any, TypeVar

from django import forms
from django.http import QueryDict

from contact.admin.case.forms.closing import CloseForm
from contact.admin.case.forms.contact_attempt import ContactAttemptForm
from contact.admin.case.forms.next_step import NextStepForm
from contact.admin.case.forms.writing import NoteForm, ReplyForm
from contact.models import Inquiry

Form = TypeVar("Form", bound=forms.Form)


def forms_with_drafts(inquiry: Inquiry, typed: QueryDict, user: Any) -> dict[str, Any]:
    """Return the forms of a case, each with what was typed in it when another button was pressed."""
    return {
        "reply_form": with_draft(ReplyForm(inquiry), typed),
        "note_form": with_draft(NoteForm(), typed),
        "attempt_form": with_draft(ContactAttemptForm(), typed),
        "step_form": with_draft(NextStepForm(user), typed),
        "close_form": with_draft(CloseForm(), typed),
    }


def with_draft(form: Form, typed: QueryDict) -> Form:
    """Put back, without judging it, what stood in this form when another button was pressed."""
    for name in form.fields:
        if (key := form.add_prefix(name)) in typed:
            form.initial[name] = str(typed[key]).replace("\x00", "")
    return form
