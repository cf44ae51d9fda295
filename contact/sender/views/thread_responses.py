"""What the steps behind the return code answer with: pages that carry the code in hidden fields."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from contact.crypto.return_code import written
from contact.sender import thread
from contact.sender.forms.thread import MessageForm
from contact.sender.receipt import TokenBroken, new_token, nonce_of
from contact.sender.views.gate import forms_are_open


def token_of(request: HttpRequest) -> str:
    """Return the token of the form in the address, or nothing when it is broken."""
    token = request.GET.get("form", "")
    try:
        nonce_of(token)
    except TokenBroken:
        return ""
    return token


def thread_page(
    request: HttpRequest, code: bytes, form: MessageForm, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    """Show the thread with the form for more."""
    more |= {"thread": thread.open_thread(code), "code": written(code), "form": form, "token": token}
    more |= {"open": forms_are_open(), "retention_days": settings.INQUIRY_RETENTION_DAYS}
    return page(request, "contact/thread.html", status, **more)


def unavailable(request: HttpRequest, *, too_many: bool = False) -> HttpResponse:
    """Say that it does not work just now, with all that was typed."""
    # A page of its own that asks the database nothing: the base template would wait for it again.
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in ("code", "step", "message")}
    more = {
        "phone": settings.FALLBACK_PHONE,
        "language": get_language(),
        "token": token_of(request) or new_token(),
    }
    status = 429 if too_many else 503
    return page(request, "contact/thread_unavailable.html", status, too_many=too_many, **typed, **more)


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Render what no browser and no proxy may keep."""
    response = render(request, template, context, status=status)
    patch_cache_control(response, no_store=True)
    return response
