"""What closed forms say: "please ring", instead of each form and of the page that leads to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from contact.sender.forms.inquiry import InquiryForm

View = Callable[..., HttpResponse]


def forms_are_open() -> bool:
    """Ask the callable that the setting INQUIRY_GATE names.

    A setting, because this app imports no other. The callable is asked at each form, so it has to be quick.
    """
    return bool(import_string(settings.INQUIRY_GATE)())


def only_when_open(view: View) -> View:
    """Let the view respond while the forms are open, and the "please ring" page while they are closed.

    A GET gets status 200: "please ring" is what the page has to say, and neither a robot nor a visitor should take
    it for a fault. A POST gets status 503 with what was typed, because the sending was not done.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, form_class: type[InquiryForm] | None = None, **more: Any) -> HttpResponse:
        if not forms_are_open():
            return _please_ring(request, form_class)
        return view(request, form_class, **more) if form_class else view(request, **more)

    return wrapped


def _please_ring(request: HttpRequest, form_class: type[InquiryForm] | None) -> HttpResponse:
    context: dict[str, Any] = {"form_class": form_class}
    if sent := request.method == "POST" and form_class is not None:
        context |= {"sent": True, "typed": form_class(request.POST).typed_answers}
    response = render(request, "contact/forms_closed.html", context, status=503 if sent else 200)
    patch_cache_control(response, **({"no_store": True} if form_class else {"no_cache": True}))
    return response
