"""A stranger in this process, and a mail server that takes the notice."""

import pytest
from django.test import Client

from contact.models import Inquiry, Rehearsal
from contact.notifications.heartbeat import beat
from contact.notifications.outbox import deliver_due
from contact.rehearsal import walk
from contact.rehearsal.round import rehearse
from contact.rehearsal.visitor import Answer
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.notifications.conftest import mailbox, smtp, smtp_server  # noqa: F401 (fixtures)

OPERATOR = "drift@klinikken.no"


class Stranger:
    """Asks the site in this process, follows redirects, and has mail delivered when it sends."""

    def __init__(self):
        self.browser, self.sent, self.delivers = Client(), [], True

    def ask(self, address, sent=None):
        if sent is None:
            answer = self.browser.get(address, follow=True)
            at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        else:
            self.sent.append((address, sent))
            answer, at = self.browser.post(address, sent), address
            if self.delivers and sent.get("step") == "send":
                deliver_due()
        return Answer(answer.status_code, at, answer.text)


@pytest.fixture
def stranger(keyring, mailbox, settings, monkeypatch):  # noqa: F811
    """One who is in no hurry, but does not wait for a mail server that has said no."""
    settings.OPERATOR_MAIL = OPERATOR
    monkeypatch.setattr(walk, "POLL", 0)
    beat()
    return Stranger()


@pytest.fixture
def rehearsed(stranger):
    """Rehearse once; return the step that failed."""
    return lambda: rehearse(stranger, patience=0)


@pytest.fixture
def make_trial(keyring):
    """Store the inquiry of a rehearsal that is at work, and return it."""

    def make():
        rehearsal = Rehearsal.objects.create()
        receive("patient", "nb", {"message": walk.WORDS}, nonce_of(new_token()), rehearsal=rehearsal.pk)
        return Inquiry.with_rehearsals.get(status=Inquiry.REHEARSAL)

    return make


@pytest.fixture
def trial(make_trial):
    """The inquiry of a rehearsal that is at work."""
    return make_trial()
