"""A sender who asked to be rung, was spoken with and writes again: the colleague who answers says what is owed."""

from uuid import uuid4

import pytest

from contact.cases import deadlines
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.unread import newest_entry
from contact.cases.writing import notes, steps
from contact.models import Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.sender.thread import add_message
from tests.contact.admin.case.test_replies import page_of, text_of
from tests.contact.admin.test_reply_templates import reply_in
from tests.contact.cases.test_next_step import local, tomorrow
from tests.contact.conftest import CANARY

pytestmark = pytest.mark.django_db
AGAIN = "Skal avsenderen ringes igjen?"


def spoken(case, user):
    notes.record_attempt(case, ContactAttempt(Way.CALLED, Outcome.REACHED), user, form=uuid4())


@pytest.fixture
def case(keyring, inquiry_staff):
    """The case of a mother who asked to be rung, was rung, and writes that she would like to be rung again."""
    answers = {"message": "Kan dere ringe?", "reach": "phone", "phone": "900 12 345", "may_call": "yes"}
    receipt = receive("patient", "nb", answers, nonce_of(new_token()))
    case = Inquiry.objects.get(locator=receipt.locator)
    spoken(case, inquiry_staff)
    assert deadlines.missing_answer(Inquiry.objects.get()) == ""
    add_message(receipt.code, "Kan dere ringe en gang til?", nonce_of(new_token()))
    return case


def answer(client, case, **more):
    seen = str(newest_entry(case))
    sent = {"reply-text": CANARY, "reply-form": str(uuid4()), "reply-seen": seen}
    return client.post(page_of(case, "reply"), sent | {f"reply-{name}": said for name, said in more.items()})


def missing():
    return deadlines.missing_answer(Inquiry.objects.get())


def test_the_colleague_is_asked_and_nothing_is_sent_before_the_answer(inquiry_client, case):
    assert AGAIN in text_of(inquiry_client.get(page_of(case)))
    asked = answer(inquiry_client, case)
    assert (asked.status_code, reply_in(asked), missing()) == (422, CANARY, "since")
    assert "Svar på om avsenderen skal ringes igjen" in text_of(asked)


def test_a_yes_owes_the_call_until_they_have_spoken_again(inquiry_client, case, inquiry_staff):
    assert answer(inquiry_client, case, rings_again="yes").status_code == 302
    assert (missing(), Inquiry.objects.get().waiting_since is not None) == ("call", True)
    page = text_of(inquiry_client.get(page_of(case)))
    assert AGAIN not in page
    assert "Avsenderen ba om å bli ringt" in page
    assert answer(inquiry_client, case).status_code == 302  # a second reply leaves it as it was said
    assert missing() == "call"
    spoken(case, inquiry_staff)
    assert missing() == ""
    assert AGAIN not in text_of(inquiry_client.get(page_of(case)))


def test_a_thank_you_that_needs_no_call_is_answered_and_waits_no_more(inquiry_client, case):
    assert answer(inquiry_client, case, rings_again="no").status_code == 302
    assert (missing(), Inquiry.objects.get().waiting_since) == ("", None)
    assert answer(inquiry_client, case).status_code == 302
    assert missing() == ""


def test_a_time_for_the_call_says_yes_and_the_promise_is_owed(inquiry_client, case, inquiry_staff):
    assert answer(inquiry_client, case, call_at=local(tomorrow())).status_code == 302
    assert (missing(), Inquiry.objects.get().next_step_at) == ("call", tomorrow())
    steps.finish_step(case, inquiry_staff)
    assert Inquiry.objects.get().waiting_since is not None
