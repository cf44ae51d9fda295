"""The contact pages around words that are not published yet. No visitor can write or send anything on them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contact.retention import durations
from contact.sender.forms.private import PatientForm, RelativeForm
from contact.sender.forms.referrer import ReferrerForm

FORMS = {f"contact_{form.role}": form for form in (PatientForm, RelativeForm, ReferrerForm)}


def preview(request: HttpRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    """Render the page that shows the words of this kind, even while the forms are closed.

    `context` has the unpublished words as `words`, in place of the published ones.
    """
    if kind not in FORMS:
        return render(request, "contact/start.html", context)
    form = FORMS[kind]()
    for field in form.fields.values():
        field.disabled = True
    more = {"form": form, "token": "", "retention_days": durations.closed_case().days}
    return render(request, "contact/form.html", context | more)
