"""The public forms: GET shows, POST asks to look through it, and then stores. No cookie, no session.

Nothing is stored before "Send": the answers go from step to step in the page itself, in hidden fields.

The form's token stands in its address (`?form=…`). Chromium, going back, fetches a `no-store` page again and
then puts the typed text back in: with the token in the page, the same text would go out under a fresh token
and be stored twice (seen in Chromium 156). With the token in the address it is the same form again, and the
same text gets the same receipt. The address gives nothing away: it opens nothing, and without the server's
secret and the answers nothing can be derived from it. A redirect *after* sending is refused: it would need a
secret in an address or a cookie.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contact.keys.keyring import KeysMissing
from contact.retention.erasure import Erased
from contact.sender.cross_site import is_cross_site
from contact.sender.forms.inquiry import InquiryForm
from contact.sender.intake import receive
from contact.sender.rate_limit import TooMany, network_of
from contact.sender.receipt import TokenBroken, new_token, nonce_of
from contact.sender.reply_time import spoken
from contact.sender.views.forms_closed import only_when_open, typed

log = logging.getLogger(__name__)
# Opened later than this, for example from a bookmark, a form starts anew: the same words are a new question then.
FORM_KEPT = timedelta(hours=12)


@require_safe
@only_when_open
def start(request: HttpRequest) -> HttpResponse:
    """Ask who is there, so that each form asks only what it needs."""
    response = render(request, "contact/start.html")
    # Its words are pages, whose next scheduled change this app does not know: ask again each time.
    patch_cache_control(response, no_cache=True)
    return response


@csrf_exempt  # {% csrf_token %} would set a cookie; see contact/sender/cross_site.py for what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
@only_when_open
def inquiry(request: HttpRequest, form_class: type[InquiryForm]) -> HttpResponse:
    """One role's form."""
    token = request.GET.get("form", "")
    if request.method != "POST":
        return _form(request, form_class(), token) if _valid(token, FORM_KEPT) else _fresh_form(request)
    if is_cross_site(request):
        raise PermissionDenied
    step, form = request.POST.get("step"), form_class(request.POST)
    if step == "change":
        typed_before = {name: str(words).replace("\x00", "") for name, words in request.POST.items()}
        return _form(request, form_class(initial=typed_before), token if _valid(token) else new_token())
    if not _valid(token):
        # A changed server secret, or an address cut short: nothing is lost but one press of the button.
        return _form(request, form, new_token(), status=422, once_more=True)
    if not form.is_valid():
        return _form(request, form, token, status=422)
    if step != "send":
        return _answer(request, "contact/check.html", {"form": form, "token": token, "typed": typed(form)})
    return _send(request, form, token)


def _send(request: HttpRequest, form: InquiryForm, token: str) -> HttpResponse:
    try:
        receipt = receive(
            form.role,
            get_language() or "",
            form.answers,
            nonce_of(token),
            suspicious=form.suspicious,
            network=network_of(request),
        )
    except TooMany:
        return _not_now(request, form, token, status=429)
    except Erased:
        return _answer(request, "contact/erased.html", {})
    except (DatabaseError, KeysMissing) as error:
        log.error(
            "an inquiry could not be stored (%s); the sender was asked to try again or ring", type(error).__name__
        )
        return _not_now(request, form, token, status=503)
    shown: dict[str, object] = {"reference": receipt.reference, "code": receipt.written_code, "role": form.role}
    shown["reply_time"] = spoken(timezone.now())
    return _answer(request, "contact/receipt.html", shown)


def _valid(token: str, younger_than: timedelta | None = None) -> bool:
    try:
        return bool(nonce_of(token, younger_than=younger_than))
    except TokenBroken:
        return False


def _fresh_form(request: HttpRequest) -> HttpResponse:
    return _never_stored(HttpResponseRedirect(f"{request.path}?form={new_token()}"))


def _form(
    request: HttpRequest, form: InquiryForm, token: str, *, status: int = 200, once_more: bool = False
) -> HttpResponse:
    context = {"form": form, "token": token, "once_more": once_more, "words_kind": f"contact_{form.role}"}
    return _answer(request, "contact/form.html", context, status=status)


def _not_now(request: HttpRequest, form: InquiryForm, token: str, *, status: int) -> HttpResponse:
    # A page of its own that asks the database nothing: the base template would wait for it again.
    context = {"form": form, "token": token, "phone": settings.FALLBACK_PHONE, "language": get_language()}
    context["too_many"] = status == 429
    return _answer(request, "contact/unavailable.html", context, status=status)


def _answer(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    context["retention_days"] = settings.INQUIRY_RETENTION_DAYS
    return _never_stored(render(request, template, context, status=status))


def _never_stored(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return response
