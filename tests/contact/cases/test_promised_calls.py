"""A call that a sender asked for is owed until it is made: no other end of the promise ends the wait."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from contact.admin.wording.due import describe_deadline
from contact.cases import deadlines, ownership, status
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.deadlines import due_at, overdue_inquiries, overdue_steps, waiting_inquiries
from contact.cases.next_step import NextStep, What
from contact.cases.unread import newest_entry
from contact.cases.writing import notes, replies, steps
from contact.models import Inquiry
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.sender.thread import add_message
from tests.contact.conftest import NOTHING

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)  # ten o'clock in Oslo
FRIDAY = WEDNESDAY + timedelta(days=2)
DUE = WEDNESDAY + timedelta(days=1)  # what is received on Wednesday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def promised(keyring, inquiry_staff, clock):
    """The case and the code of a mother who asked to be rung, and whom a reply promised a call on Friday."""
    answers = {"message": "Kan dere ringe?", "reach": "phone", "phone": "900 12 345", "may_call": "yes"}
    receipt = receive("patient", "nb", answers, nonce_of(new_token()))
    case = Inquiry.objects.get(locator=receipt.locator)
    clock.shift(timedelta(hours=1))
    promise(case, inquiry_staff)
    return case, receipt.code


def promise(case, user, at=FRIDAY, **more):
    step = NextStep(What.RING, at, user) if at else None
    seen = newest_entry(case)
    replies.reply(case, "Vi ringer.", user, form=uuid4(), seen=seen, is_call_owed=True, step=step, **more)


def plan(case, user, what=What.OTHER, at=FRIDAY):
    return steps.set_next_step(case, NextStep(what, at, user), user, form=uuid4())


def tried(case, user, way=Way.CALLED, outcome=Outcome.NO_ANSWER):
    notes.record_attempt(case, ContactAttempt(way, outcome), user, form=uuid4())


def closed(case, user):
    status.close(case, user, "not_needed")


def stands(case):
    """Say whether the promised call stands, and nothing else is asked of colleagues until then."""
    row = Inquiry.objects.get(pk=case.pk)
    return row.next_step_at == FRIDAY and not waiting_inquiries().exists()


def waits_as_before(case):
    """Say whether the sender waits as if no call had been promised."""
    row = Inquiry.objects.get(pk=case.pk)
    return due_at(row) == DUE and deadlines.missing_answer(row) == "call" and overdue_inquiries(DUE).get() == case


def test_a_promised_call_puts_the_wait_off_and_is_not_called_an_answer(promised):
    case, _code = promised
    assert stands(case)
    assert overdue_steps(FRIDAY).get() == case
    case.refresh_from_db()
    assert describe_deadline(case, timezone.now())["due"] == ""
    assert deadlines.missing_answer(case) == "call"  # the page says so before the case is closed


@pytest.mark.parametrize(
    "end",
    [
        steps.finish_step,
        lambda case, user: [steps.finish_step(case, user) for _press in "ab"],
        plan,
        lambda case, user: plan(case, user, What.REPLY),
        lambda case, user: plan(case, user, What.RING, FRIDAY + timedelta(hours=1)),  # the sender was told an hour
        lambda case, user: (plan(case, user), steps.finish_step(case, user)),
        lambda case, user: (closed(case, user), status.reopen(case, user)),
    ],
    ids=["finished", "finished twice", "other", "reply", "later call", "other finished", "closed and reopened"],
)
def test_a_promise_that_ends_without_a_conversation_lets_the_sender_wait_as_before(promised, inquiry_staff, end):
    case, _code = promised
    for what_came_before in (
        lambda: None,
        lambda: tried(case, inquiry_staff),
        lambda: tried(case, inquiry_staff, Way.CALLED, Outcome.OTHER_PERSON),
        lambda: tried(case, inquiry_staff, Way.MESSAGE, Outcome.LEFT),
        lambda: tried(case, inquiry_staff, Way.TEXTED, Outcome.LEFT),
        lambda: (promise(case, inquiry_staff), promise(case, inquiry_staff)),
        lambda: (status.mark_spam(case, inquiry_staff), status.mark_no_spam(case, inquiry_staff)),
    ):
        what_came_before()
        assert stands(case)
        end(case, inquiry_staff)
        assert waits_as_before(case)
        promise(case, inquiry_staff)  # for the next turn: a new promise puts it off again


def test_only_a_conversation_ends_the_wait_for_a_call(promised, inquiry_staff):
    case, _code = promised
    tried(case, inquiry_staff, outcome=Outcome.REACHED)
    for again in (
        lambda: steps.finish_step(case, inquiry_staff),
        lambda: plan(case, inquiry_staff),
        lambda: steps.finish_step(case, inquiry_staff),
        lambda: (closed(case, inquiry_staff), status.reopen(case, inquiry_staff)),
    ):
        again()
        row = Inquiry.objects.get(pk=case.pk)
        assert (due_at(row), deadlines.missing_answer(row)) == (None, "")
        assert describe_deadline(row, timezone.now())["due"] == "besvart"


def test_a_colleague_who_takes_the_call_on_keeps_the_promise(promised, inquiry_staff, administrator):
    case, _code = promised
    ownership.take(case, inquiry_staff)
    ownership.give_back(case, inquiry_staff)
    assert plan(case, inquiry_staff, What.RING) is False
    assert stands(case)
    administrator.delete()
    inquiry_staff.delete()
    assert stands(case)
    steps.finish_step(case, None)
    assert waits_as_before(case)


def test_a_reply_beside_the_promise_keeps_it_and_answers_what_was_asked_meanwhile(promised, inquiry_staff, clock):
    case, code = promised
    promise(case, inquiry_staff, at=None)
    assert stands(case)
    clock.shift(timedelta(hours=1))
    add_message(code, "Kan dere ringe etter tre?", NOTHING)
    assert waiting_inquiries().get() == case
    clock.shift(timedelta(hours=1))
    promise(case, inquiry_staff, at=None)
    assert stands(case)
    steps.finish_step(case, inquiry_staff)
    assert waits_as_before(case)


def test_a_sender_who_writes_to_a_closed_case_waits_from_then_on(promised, inquiry_staff, clock):
    case, code = promised
    closed(case, inquiry_staff)
    clock.move_to(FRIDAY)
    add_message(code, "Dere ringte ikke.", NOTHING)
    steps.finish_step(case, inquiry_staff)
    assert due_at(Inquiry.objects.get(pk=case.pk)) == FRIDAY + timedelta(days=3)  # over the weekend


@pytest.mark.parametrize("at", [None, FRIDAY])
def test_a_reply_to_what_was_marked_as_spam_owes_the_call_all_the_same(keyring, inquiry_staff, at):
    receipt = receive("patient", "nb", {"message": "Ring", "reach": "phone"}, nonce_of(new_token()))
    case = Inquiry.objects.get(locator=receipt.locator)
    status.mark_spam(case, inquiry_staff)
    promise(case, inquiry_staff, at=at)
    status.mark_no_spam(case, inquiry_staff)
    assert waiting_inquiries().exists() == (at is None)
    steps.finish_step(case, inquiry_staff)
    assert waits_as_before(case)


def test_a_call_in_vain_after_a_reply_leaves_the_call_and_not_the_answer_missing(promised, inquiry_staff):
    case, _code = promised
    steps.finish_step(case, inquiry_staff)
    tried(case, inquiry_staff)
    assert waits_as_before(case)
