"""While the forms are closed: "please ring", in place of every form and of the page that leads to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from contact.sender.cross_site import is_cross_site
from contact.sender.forms.inquiry import TRAP, InquiryForm
from contact.sender.views.gate import forms_are_open

View = Callable[..., HttpResponse]


def only_when_open(view: View) -> View:
    """Answer in a form's place while the gate is closed.

    A GET answers 200: to ring is what the page has to say, and neither a robot nor a reader should take that
    for a fault. A POST answers 503: it asked for something that was not done, and shows what was typed.
    """

    @wraps(view)
    def asked_first(
        request: HttpRequest, form_class: type[InquiryForm] | None = None, **more: Any
    ) -> HttpResponse:
        if not forms_are_open():
            return _please_ring(request, form_class)
        return view(request, form_class, **more) if form_class else view(request, **more)

    return asked_first


def _please_ring(request: HttpRequest, form_class: type[InquiryForm] | None) -> HttpResponse:
    context: dict[str, Any] = {"form_class": form_class}
    if sent := request.method == "POST" and form_class is not None:
        if is_cross_site(request):
            raise PermissionDenied
        context |= {"sent": True, "typed": typed(form_class(request.POST))}
    response = render(request, "contact/please_ring.html", context, status=503 if sent else 200)
    patch_cache_control(response, **({"no_store": True} if form_class else {"no_cache": True}))
    return response


def typed(form: InquiryForm) -> list[tuple[str, str]]:
    """Return (label, words) for all that was typed or chosen, so that it can be copied or read aloud."""
    said = []
    for name in form.fields:
        words = form[name].value()
        if words and name != TRAP:
            choices = dict(getattr(form.fields[name], "choices", ()))
            said.append((str(form.fields[name].label), str(choices.get(words, words))))
    return said
