"""The pages behind the return code: read the answers, write more, delete everything. No cookie, no session.

Every step has the same address, so that neither the address bar nor the history shows what the sender did. The
code comes in a POST and goes on to the next step in a hidden field: never in an address, a session or a header.

The token of a message stands in the address, as on the forms (inquiry.py). Going back to the thread asks for the
same address again, and a message that is then sent once more is known as the same message. The page that says
"sent" leads on with a new token, so that the sender can write the same few words again later.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contact.crypto.return_code import CodeWrong, format_code, parse_code
from contact.keys.keyring import KeysMissing
from contact.retention import durations
from contact.retention.erasure import Erased
from contact.sender import faults, thread
from contact.sender.cross_site import is_cross_site
from contact.sender.forms.thread import CODE_WRONG, CodeForm, MessageForm
from contact.sender.rate_limit import RateLimited, network_of
from contact.sender.receipt import new_token, nonce_of
from contact.sender.reply_time import format_reply_time
from contact.sender.views.forms_closed import forms_are_open
from contact.sender.views.responses import render_no_store, thread_page, token_of, unavailable

log = logging.getLogger("contact.thread_views")  # operators filter by this name (docs/operators.md)


@require_safe
def after_receipt(request: HttpRequest) -> HttpResponse:
    """Say what happens next, without the code: for a sender who has kept it and leaves the receipt."""
    return render_no_store(
        request,
        "contact/after_receipt.html",
        retention_days=durations.closed_case().days,
        reply_time=format_reply_time(timezone.now()),
    )


@csrf_exempt  # {% csrf_token %} would set a cookie; contact/sender/cross_site.py says what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def read_answer(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with the code, take one of the steps."""
    if request.method != "POST":
        return render_no_store(request, "contact/code.html", form=CodeForm(), token=new_token())
    if is_cross_site(request):
        return unavailable(request, 422, foreign=True)
    step = STEPS.get(request.POST.get("step", ""), show)
    try:
        return step(request, parse_code(request.POST.get("code", "")))
    except CodeWrong:
        form = CodeForm({"code": request.POST.get("code", "").replace("\x00", "")})
        form.add_error("code", CODE_WRONG)
        return render_no_store(request, "contact/code.html", 422, form=form, token=new_token())
    except Erased:
        return render_no_store(request, "contact/erased.html")
    except RateLimited:
        return unavailable(request, 429, too_many=True)
    except (DatabaseError, KeysMissing) as error:
        log.error(
            "a step behind a return code failed (%s); the sender was asked to try again", type(error).__name__
        )
        faults.met.send(sender=None)
        return unavailable(request)


def show(request: HttpRequest, code: bytes) -> HttpResponse:
    """Show the thread with an empty form."""
    return thread_page(request, code, MessageForm(), token_of(request) or new_token())


def add(request: HttpRequest, code: bytes) -> HttpResponse:
    """Store the message, or show again what was typed."""
    form, token = MessageForm(request.POST), token_of(request)
    if not forms_are_open():
        return unavailable(request)
    if not token:
        # The server's secret has changed, or the address was cut short: the sender presses the button once more.
        return thread_page(request, code, form, new_token(), 422, once_more=True)
    if not form.is_valid():
        return thread_page(request, code, form, token, 422)
    thread.add_message(code, form.cleaned_data["message"], nonce_of(token), network=network_of(request))
    return render_no_store(request, "contact/message_sent.html", code=format_code(code), token=new_token())


def confirm_erasing(request: HttpRequest, code: bytes) -> HttpResponse:
    """Ask the sender to confirm before everything is erased."""
    thread.open_thread(code)
    token = token_of(request) or new_token()
    return render_no_store(request, "contact/erase.html", code=format_code(code), token=token)


def erase(request: HttpRequest, code: bytes) -> HttpResponse:
    """Erase everything, and say so; a reload says the same."""
    thread.erase_everything(code)
    raise Erased


STEPS: dict[str, Callable[[HttpRequest, bytes], HttpResponse]] = {
    "add": add, "delete": confirm_erasing, "erase": erase,
}  # fmt: skip
