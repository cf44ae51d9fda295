"""The page that leads to the forms: it asks visitors who they are, so that each form asks only what it needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from contact.sender.views.forms_closed import only_when_open
from contact.sender.views.responses import published_words


@require_safe
@only_when_open
def start(request: HttpRequest) -> HttpResponse:
    """Show the way to each form."""
    response = render(request, "contact/start.html", {"words": published_words(request, "contact")})
    # Its words are pages of the other app, whose next scheduled change this app does not know.
    patch_cache_control(response, no_cache=True)
    return response
