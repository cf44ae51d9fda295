"""The public forms: GET shows a form, POST shows the answers to check, and "Send" stores them.

No cookie and no session. Nothing is stored before "Send": hidden fields carry the answers from step to step.

The form's token stands in its address (`?form=…`). When a visitor goes back, Chromium fetches a `no-store` page
again and then restores the typed text. With the token in the page, the same text would be sent with a new token
and stored twice (seen in Chromium 156). With the token in the address it is the same form again, and the same text
gets the same receipt. The address reveals nothing: it opens nothing, and without the server's secret and the
answers nothing can be derived from it. A redirect *after* sending was refused: it would need a secret in an
address or a cookie.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contact.keys.keyring import KeysMissing
from contact.rehearsal.mark import FIELD, MarkRefused, rehearsal_named
from contact.retention import durations
from contact.retention.erasure import Erased
from contact.sender import faults
from contact.sender.cross_site import is_cross_site
from contact.sender.forms.inquiry import InquiryForm
from contact.sender.intake import AlreadySent, receive
from contact.sender.rate_limit import RateLimited, network_of
from contact.sender.receipt import is_valid_token, new_token, nonce_of
from contact.sender.reply_time import format_reply_time
from contact.sender.unstored import note_stored, note_unstored
from contact.sender.views.forms_closed import only_when_open
from contact.sender.views.responses import no_store, published_words, render_no_store

log = logging.getLogger("contact.views")  # operators filter by this name (docs/operators.md)
# A form opened later than this, for example from a bookmark, starts anew: the same words are a new question then.
FORM_KEPT = timedelta(hours=12)


@csrf_exempt  # {% csrf_token %} would set a cookie; contact/sender/cross_site.py says what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
@only_when_open
def inquiry(request: HttpRequest, form_class: type[InquiryForm]) -> HttpResponse:
    """Show, check or send the form of one role."""
    token = request.GET.get("form", "")
    if request.method != "POST":
        if getattr(request, "copied_at", None):
            return _form_page(request, form_class(), "")  # in the emergency edition, where numbers stand instead
        if not is_valid_token(token, younger_than=FORM_KEPT):
            return no_store(HttpResponseRedirect(f"{request.path}?form={new_token()}"))
        return _form_page(request, form_class(), token)
    step, form = request.POST.get("step"), form_class(request.POST)
    if is_cross_site(request):
        return _form_page(request, form, token if is_valid_token(token) else new_token(), status=422, foreign=True)
    if step == "change":
        typed = {name: str(text).replace("\x00", "") for name, text in request.POST.items()}
        return _form_page(request, form_class(initial=typed), token if is_valid_token(token) else new_token())
    if not is_valid_token(token):
        # The server's secret has changed, or the address was cut short: the sender presses the button once more.
        return _form_page(request, form, new_token(), status=422, once_more=True)
    if not form.is_valid():
        return _form_page(request, form, token, status=422)
    if step != "send":
        return render_no_store(request, "contact/check.html", form=form, token=token, typed=form.typed_answers)
    return _send(request, form, token)


def _send(request: HttpRequest, form: InquiryForm, token: str) -> HttpResponse:
    mark = request.POST.get(FIELD, "")
    try:
        receipt = receive(
            form.role,
            get_language() or "",
            form.answers,
            nonce_of(token),
            suspicious=form.is_suspicious,
            network=network_of(request),
            rehearsal=rehearsal_named(mark) if mark else None,
        )
    except MarkRefused:
        return _form_page(request, form, new_token(), status=422, once_more=True)  # it goes on without the mark
    except RateLimited:
        return _unavailable(request, form, token, too_many=True)
    except AlreadySent:
        return render_no_store(request, "contact/already_sent.html")
    except Erased:
        return render_no_store(request, "contact/erased.html")
    except (DatabaseError, KeysMissing) as error:
        log.error(
            "an inquiry could not be stored (%s); the sender was asked to try again or ring", type(error).__name__
        )
        note_unstored()
        faults.met.send(sender=None)
        return _unavailable(request, form, token)
    note_stored()
    return render_no_store(
        request,
        "contact/receipt.html",
        reference=receipt.reference,
        code=receipt.formatted_code,
        role=form.role,
        set_apart=receipt.set_apart,
        phone=settings.FALLBACK_PHONE,
        reply_time=format_reply_time(timezone.now()),
        retention_days=durations.closed_case().days,
    )


def _form_page(
    request: HttpRequest, form: InquiryForm, token: str, *, status: int = 200, **reason: bool
) -> HttpResponse:
    """Show the form; `once_more` or `foreign` says why nothing was sent although it is filled in right."""
    return render_no_store(
        request,
        "contact/form.html",
        status,
        form=form,
        token=token,
        **reason,
        words=published_words(request, f"contact_{form.role}"),
        retention_days=durations.closed_case().days,
    )


def _unavailable(request: HttpRequest, form: InquiryForm, token: str, *, too_many: bool = False) -> HttpResponse:
    # A page of its own that does not ask the database: the base template would wait for it again.
    context = {"form": form, "token": token, "phone": settings.FALLBACK_PHONE, "language": get_language()}
    status = 429 if too_many else 503
    return render_no_store(request, "contact/unavailable.html", status, too_many=too_many, **context)
