"""The pages behind the return code: read the answers, write more, delete everything. No cookie, no session.

One address for every step, so that neither the address bar nor the history tells what somebody did. The code comes
in a POST and goes on to the next step in a hidden field: never in an address, a session or a header.

The token of a message stands in the address, as with the forms (inquiry.py). Going back to the thread asks for the
same address again, and what is then sent once more is known as the same message. The page that says "sent" leads
on with a fresh token, so that the same few words can be written anew another time.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contact.crypto.return_code import CodeWrong, read, written
from contact.keys.keyring import KeysMissing
from contact.retention.erasure import Erased
from contact.sender import thread
from contact.sender.cross_site import is_cross_site
from contact.sender.forms.thread import CODE_WRONG, CodeForm, MessageForm
from contact.sender.rate_limit import TooMany, network_of
from contact.sender.receipt import new_token, nonce_of
from contact.sender.reply_time import spoken
from contact.sender.views.gate import forms_are_open
from contact.sender.views.thread_responses import page, thread_page, token_of, unavailable

log = logging.getLogger(__name__)


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """After the receipt: what happens next, without the code."""
    more = {"retention_days": settings.INQUIRY_RETENTION_DAYS, "reply_time": spoken(timezone.now())}
    return page(request, "contact/kept.html", **more)


@csrf_exempt  # {% csrf_token %} would set a cookie; see contact/sender/cross_site.py for what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with it, take one of the steps."""
    if request.method != "POST":
        return page(request, "contact/code.html", form=CodeForm(), token=new_token())
    if is_cross_site(request):
        raise PermissionDenied
    step = STEPS.get(request.POST.get("step", ""), show)
    try:
        return step(request, read(request.POST.get("code", "")))
    except CodeWrong:
        form = CodeForm({"code": request.POST.get("code", "").replace("\x00", "")})
        form.add_error("code", CODE_WRONG)
        return page(request, "contact/code.html", 422, form=form, token=new_token())
    except Erased:
        return page(request, "contact/erased.html")
    except TooMany:
        return unavailable(request, too_many=True)
    except (DatabaseError, KeysMissing) as error:
        log.error(
            "a step behind a return code failed (%s); the sender was asked to try again", type(error).__name__
        )
        return unavailable(request)


def show(request: HttpRequest, code: bytes) -> HttpResponse:
    """Show the thread with an empty form."""
    return thread_page(request, code, MessageForm(), token_of(request) or new_token())


def add(request: HttpRequest, code: bytes) -> HttpResponse:
    """Store what is added, or show again what was typed."""
    form, token = MessageForm(request.POST), token_of(request)
    if not forms_are_open():
        return unavailable(request)
    if not token:
        # A changed server secret, or an address cut short: nothing is lost but one press of the button.
        return thread_page(request, code, form, new_token(), 422, once_more=True)
    if not form.is_valid():
        return thread_page(request, code, form, token, 422)
    thread.add_message(code, form.cleaned_data["message"], nonce_of(token), network=network_of(request))
    return page(request, "contact/message_sent.html", code=written(code), token=new_token())


def ask_to_erase(request: HttpRequest, code: bytes) -> HttpResponse:
    """Ask once more before everything goes."""
    thread.open_thread(code)
    return page(request, "contact/erase.html", code=written(code), token=token_of(request) or new_token())


def erase(request: HttpRequest, code: bytes) -> HttpResponse:
    """Erase, and say so; a reload says the same."""
    thread.erase_everything(code)
    raise Erased


STEPS: dict[str, Callable[[HttpRequest, bytes], HttpResponse]] = {
    "add": add, "delete": ask_to_erase, "erase": erase,
}  # fmt: skip
