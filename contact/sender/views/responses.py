"""Responses that no browser and no proxy may keep, and the pages that carry the return code in hidden fields."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from contact.crypto.return_code import format_code
from contact.sender import thread
from contact.sender.forms.thread import MessageForm
from contact.sender.receipt import is_valid_token, new_token
from contact.sender.views.forms_closed import forms_are_open


def render_no_store(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page that is never stored."""
    return no_store(render(request, template, context, status=status))


def no_store(response: HttpResponse) -> HttpResponse:
    """Forbid every browser and proxy to store this response."""
    patch_cache_control(response, no_store=True)
    return response


def published_words(request: HttpRequest, kind: str) -> Any:
    """Return the page whose words stand on the contact page of this kind; None when it is not published.

    The callable that the setting CONTACT_WORDS names returns it, because this app imports no other.
    """
    return import_string(settings.CONTACT_WORDS)(request, kind)


def token_of(request: HttpRequest) -> str:
    """Return the form's token in the address, or "" when it is broken."""
    token = request.GET.get("form", "")
    return token if is_valid_token(token) else ""


def thread_page(
    request: HttpRequest, code: bytes, form: MessageForm, token: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Show the thread with a form to write more."""
    context |= {"thread": thread.open_thread(code), "code": format_code(code), "form": form, "token": token}
    context |= {"open": forms_are_open()}
    return render_no_store(request, "contact/thread.html", status, **context)


def unavailable(request: HttpRequest, status: int = 503, **reason: bool) -> HttpResponse:
    """Say that the step does not work just now, and show again all that the sender typed.

    The reason is the database unless it is `too_many` or `foreign`.
    """
    # A page of its own that does not ask the database: the base template would wait for it again.
    context = {name: request.POST.get(name, "").replace("\x00", "") for name in ("code", "step", "message")}
    context |= {"phone": settings.FALLBACK_PHONE, "token": token_of(request) or new_token()}
    return render_no_store(
        request,
        "contact/thread_unavailable.html",
        status,
        language=get_language(),
        **context,
        **reason,
    )
