"""Buttons on a case: each an address that takes a POST, does one thing, and says how it went."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from contact.admin.access.restricted import RestrictedAdmin
from contact.admin.case.erased import told_when_erased
from contact.models import Inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Step = Callable[[HttpRequest, Inquiry, "User"], str]
Back = Callable[[Any, HttpRequest, Inquiry], HttpResponse]


class NotDone(Exception):
    """What was pressed was not done. The message says why, to whoever pressed."""


def button_urls(section: RestrictedAdmin, info: str, steps: Mapping[str, Step], back: Back) -> list[URLPattern]:
    """Return one guarded address for each button; `back` leads on afterwards."""
    return [
        path(
            f"<uuid:pk>/{name}/",
            section.guarded(partial(_button(do, back), section)),
            name=f"{info}_{name.replace('-', '_')}",
        )
        for name, do in steps.items()
    ]


def _button(do: Step, back: Back) -> Callable[..., HttpResponse]:
    @told_when_erased
    def view(section: RestrictedAdmin, request: HttpRequest, pk: UUID) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        inquiry = get_object_or_404(Inquiry.objects.defer("sealed"), pk=pk)
        try:
            messages.success(request, do(request, inquiry, cast("User", request.user)))
        except NotDone as error:
            messages.error(request, str(error))
        return back(section, request, inquiry)

    return view
