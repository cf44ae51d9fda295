"""A form of staff that met a database that is away: it stands once more on a page that asks no database.

A case that cannot be logged is not shown, so that the browser's back button leads to an error, and the words would
be gone with it.
"""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from mestring.staff.unsent.pages import comes_from_us
from mestring.staff.unsent.sealed_form import UnsentForm
from mestring.staff.unsent.writer import FIELD, is_staff_address, writer_of
from pages.richtext.allowed_markup import clean
from pages.richtext.reader import text_of


def form_once_more(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows of the form; nothing where a page of ours did not send it for a colleague."""
    if request.method != "POST" or not is_staff_address(request.path_info):
        return {}
    if not comes_from_us(request) or writer_of(request.POST) is None:
        return {}
    form = UnsentForm.read(request)
    if not form.fields:  # a button alone, such as logging out, or what must be typed anew: no words stand here
        return {}
    tokens = [(name, request.POST.get(name, "")) for name in ("csrfmiddlewaretoken", FIELD)]
    return {"unsent": form, "fields": [*tokens, *form.fields], "texts": _texts_of(form)}


def _texts_of(form: UnsentForm) -> list[str]:
    """Return what has more than one word, as it is read; which of it is new, the database would have to say."""
    texts = (_as_read(value) for _name, value in form.fields)
    return list(dict.fromkeys(text for text in texts if len(text.split()) > 1))


def _as_read(value: str) -> str:
    if value.startswith("<"):
        with suppress(ValidationError):  # what is too long to be cleaned is shown as it was sent
            return text_of(clean(value))
    return value
