"""What a rehearsal does, step by step: the way of a sender, and beside it a look at what was stored.

Nothing is opened: that takes a colleague. What can be seen without a key is that the content has the form of what
is sealed, belongs to the newest key that was made here, and holds none of the words in the clear.
"""

import time
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from contact.crypto.return_code import CodeWrong, locator_of, parse_code
from contact.crypto.sealing import has_sealed_form
from contact.keys.keyring import is_pinned, newest_or_none
from contact.models import Delivery, Inquiry, Rehearsal
from contact.rehearsal.mark import FIELD, new_mark
from contact.rehearsal.pages import PageForm, form_with, words_in
from contact.rehearsal.visitor import Answer, Unreachable

Step = Rehearsal.Step
WORDS = "Dette er prøvehenvendelsen som nettstedet sender seg selv hver natt. Den er ikke fra et menneske."
POLL = 1.0  # seconds between two looks whether the mail server has accepted the notice


class StepFailed(Exception):
    """A step did not do what it should."""

    def __init__(self, step: Rehearsal.Step) -> None:
        super().__init__(step.value)
        self.step = step


class AsksForPages(Protocol):
    """A stranger on the network, or a test's own."""

    def ask(self, address: str, sent: dict[str, str] | None = None) -> Answer:
        """Return the page at an address, or the one that answers a form. Raises Unreachable."""


@dataclass(frozen=True)
class Slip:
    """What the receipt shows. The code is not part of repr(), so that no log line can carry it."""

    reference: str
    code: str = field(repr=False)


def walk(visitor: AsksForPages, rehearsal: Rehearsal, patience: float) -> None:
    """Take every step. Raises StepFailed; what was stored by then is left for the caller to erase."""
    slip = _send(visitor, new_mark(rehearsal))
    inquiry = _stored(slip)
    _look_at_seal(inquiry)
    _wait_for_notice(inquiry, patience)
    thread = _read(visitor, slip)
    _erase(visitor, thread, inquiry)


def _send(visitor: AsksForPages, mark: str) -> Slip:
    with translation.override(settings.LANGUAGE_CODE):
        form_page = _ask(visitor, reverse("contact:patient"), None, Step.SITE)
    check = _fill(visitor, form_page, form_with(form_page.page, name="message"), Step.FORM, message=WORDS)
    if check.page.count(WORDS) < 2:  # to read, and to be sent
        raise StepFailed(Step.FORM)
    to_send = form_with(check.page, step="send")
    receipt = _fill(visitor, check, to_send, Step.STORING, step="send", **{FIELD: mark})
    slip = Slip(words_in(receipt.page, "reference-number"), words_in(receipt.page, "return-code"))
    if not slip.reference or not slip.code:
        raise StepFailed(Step.STORING)
    return slip


def _stored(slip: Slip) -> Inquiry:
    try:
        locator = locator_of(parse_code(slip.code))
    except CodeWrong:
        raise StepFailed(Step.STORING) from None
    rehearsals = Inquiry.with_rehearsals.filter(status=Inquiry.REHEARSAL).select_related("key")
    stored = rehearsals.filter(locator=locator, reference=slip.reference).first()
    if stored is None:
        raise StepFailed(Step.STORING)
    return stored


def _look_at_seal(inquiry: Inquiry) -> None:
    sealed = bytes(inquiry.sealed)
    if not is_pinned(inquiry.key) or inquiry.key != newest_or_none():
        raise StepFailed(Step.SEALING)
    if not has_sealed_form(sealed) or WORDS[:10].encode() in sealed:
        raise StepFailed(Step.SEALING)


def _wait_for_notice(inquiry: Inquiry, patience: float) -> None:
    """Wait until the mail server has accepted it."""
    if not settings.OPERATOR_MAIL:
        raise StepFailed(Step.NOTICE)  # mail to no address goes through
    until = time.monotonic() + patience
    accepted = Delivery.objects.filter(inquiry=inquiry, kind=Delivery.Kind.REHEARSAL, sent_at__isnull=False)
    while not accepted.exists():
        if time.monotonic() >= until:
            raise StepFailed(Step.NOTICE)
        time.sleep(POLL)


def _read(visitor: AsksForPages, slip: Slip) -> Answer:
    with translation.override(settings.LANGUAGE_CODE):
        page = _ask(visitor, reverse("contact:answer"), None, Step.THREAD)
    thread = _fill(visitor, page, form_with(page.page, name="code"), Step.THREAD, code=slip.code)
    if words_in(thread.page, "reference-number") != slip.reference:
        raise StepFailed(Step.THREAD)
    return thread


def _erase(visitor: AsksForPages, thread: Answer, inquiry: Inquiry) -> None:
    at = thread
    for step in ("delete", "erase"):
        at = _fill(visitor, at, form_with(at.page, step=step), Step.ERASING, step=step)
    if Inquiry.with_rehearsals.filter(pk=inquiry.pk).exists():
        raise StepFailed(Step.ERASING)


def _fill(
    visitor: AsksForPages, on: Answer, form: PageForm | None, otherwise: Rehearsal.Step, **typed: str
) -> Answer:
    """Send a form of a page. Raises StepFailed, as when the page does not have it."""
    if form is None:
        raise StepFailed(otherwise)
    return _ask(visitor, urljoin(on.address, form.action), form.fields | typed, otherwise)


def _ask(visitor: AsksForPages, address: str, sent: dict[str, str] | None, otherwise: Rehearsal.Step) -> Answer:
    try:
        answer = visitor.ask(address, sent)
    except Unreachable:
        raise StepFailed(Step.SITE) from None
    if answer.status != 200:
        raise StepFailed(otherwise)
    return answer
