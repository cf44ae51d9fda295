"""A case has a next step, so that no promise is only a text; and a promised call is owed until it is made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contact.cases import deadlines, status
from contact.cases.business_hours import is_business_day
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.contact_preferences import ReasonMissing, breached_by_step
from contact.cases.next_step import NextStep, What
from contact.cases.reading import open_messages
from contact.cases.unread import newest_entry
from contact.cases.writing import notes, steps
from contact.models import AccessEntry, Inquiry, Message
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, FORM

pytestmark = pytest.mark.django_db
CASE = "/admin/contact/inquiry/"
TEN_PAST = "2099-01-01T10:00"


@pytest.fixture
def wants_call(keyring):
    """The case of a mother who asked to be rung."""
    answers = {"message": "Kan dere ringe?", "reach": "phone", "phone": "900 12 345", "may_call": "yes"}
    receipt = receive("patient", "nb", answers, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def tomorrow():
    """Noon of the next day on which the clinic answers: a time that the clocks never leave out."""
    at = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while not is_business_day(at.date()):
        at += timedelta(days=1)
    return at


def step(**more):
    return NextStep(**({"what": What.RING, "at": tomorrow(), "text": CANARY} | more))


def now_of(inquiry):
    return Inquiry.objects.get(pk=inquiry.pk)


def press(client, inquiry, verb, **sent):
    seen = str(newest_entry(inquiry) or "")
    return client.post(f"{CASE}{inquiry.pk}/{verb}/", {"reply-seen": seen} | sent)


def local(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_a_step_has_its_time_and_colleague_in_the_clear_and_its_words_sealed(inquiry, inquiry_staff):
    at = tomorrow()
    steps.set_next_step(inquiry, step(at=at, owner=inquiry_staff, who="Ivar"), inquiry_staff, form=FORM)
    steps.set_next_step(inquiry, step(at=at, owner=inquiry_staff, who="Ivar"), inquiry_staff, form=FORM)
    row, message = now_of(inquiry), Message.objects.get()
    assert (row.next_step_at, row.next_step_owner) == (at, inquiry_staff)
    assert CANARY.encode() not in bytes(message.sealed)
    assert message.sealed_to_sender is None
    [entry] = open_messages(inquiry)
    assert (entry.step.what, entry.step.at, entry.step.who, entry.text) == ("ring", at, "Ivar", CANARY)
    assert CANARY in entry.as_text
    assert row.waiting_since is not None  # a plan is no answer
    assert list(AccessEntry.objects.values_list("action", flat=True)).count("step_set") == 1


def test_a_step_is_overdue_from_its_time_on_until_it_is_done_or_the_case_closed(inquiry, inquiry_staff):
    at = tomorrow()
    for end in (steps.finish_step, lambda case, user: status.close(case, user, "not_needed")):
        steps.set_next_step(inquiry, step(at=at), inquiry_staff, form=FORM)
        Inquiry.objects.update(next_step_at=at)
        assert not deadlines.overdue_steps(at - timedelta(seconds=1)).exists()
        assert deadlines.overdue_steps(at).get() == inquiry
        end(inquiry, inquiry_staff)
        assert now_of(inquiry).next_step_at is None
        assert not deadlines.overdue_steps(at).exists()


def test_a_reply_to_a_sender_who_asked_to_be_rung_does_not_end_the_wait(inquiry_client, wants_call, inquiry_staff):
    press(inquiry_client, wants_call, "reply", **{"reply-text": "Vi ringer deg.", "reply-form": str(FORM)})
    assert now_of(wants_call).waiting_since is not None
    page = inquiry_client.get(f"{CASE}{wants_call.pk}/change/").text
    assert "Avsenderen ba om å bli ringt, og ingen samtale er skrevet opp." in page
    for way, outcome, waits in (
        (Way.CALLED, Outcome.NO_ANSWER, True),
        (Way.TEXTED, Outcome.REACHED, True),
        (Way.CALLED, Outcome.REACHED, False),
    ):
        notes.record_attempt(wants_call, ContactAttempt(way, outcome), inquiry_staff, form=FORM)
        assert (now_of(wants_call).waiting_since is not None) == waits
    Inquiry.objects.update(waiting_since=timezone.now())  # the sender has written more
    sent = {"reply-text": "Takk for praten.", "reply-form": str(FORM)}
    press(inquiry_client, wants_call, "reply", **sent)
    assert now_of(wants_call).waiting_since is None


def test_a_reply_that_says_when_the_colleague_rings_sets_that_step(inquiry_client, wants_call, inquiry_staff):
    at = tomorrow()
    sent = {"reply-text": "Vi ringer i morgen.", "reply-form": str(FORM), "reply-call_at": local(at)}
    press(inquiry_client, wants_call, "reply", **sent)
    row = now_of(wants_call)
    assert (row.waiting_since, row.next_step_at, row.next_step_owner) == (None, at, inquiry_staff)
    notes.record_attempt(wants_call, ContactAttempt(Way.CALLED, Outcome.REACHED), inquiry_staff, form=FORM)
    assert now_of(wants_call).next_step_at is None  # they have spoken


def test_a_message_is_refused_as_a_conversation(inquiry_client, inquiry):
    for way in (Way.TEXTED, Way.MESSAGE):
        sent = {"outside-way": way, "outside-outcome": Outcome.REACHED, "outside-form": str(FORM)}
        answer = press(inquiry_client, inquiry, "outside", **sent)
        assert (answer.status_code, Message.objects.count()) == (422, 0)
        assert "En melding er ingen samtale." in answer.text


@pytest.mark.parametrize(
    ("answers", "broken"),
    [
        ({"reach": "code"}, ("code_only", "no_number")),
        ({"reach": "code", "phone": "1"}, ("code_only",)),
        ({"reach": "email", "phone": "1"}, ("call_unsaid",)),
        ({"may_call": "no", "phone": "1"}, ("no_call",)),
        ({}, ("no_number",)),
        ({"reach": "phone", "phone": "1"}, ()),
    ],
)
def test_a_step_to_ring_goes_against_what_the_call_would_and_any_other_against_nothing(answers, broken):
    assert breached_by_step(answers, "patient", What.RING) == broken
    assert not any(breached_by_step(answers, "patient", what) for what in What if what != What.RING)


def test_a_step_against_the_sender_s_wish_needs_a_reason_which_stands_first_in_its_words(
    inquiry_client, keyring, inquiry_staff
):
    receipt = receive("patient", "nb", {"message": "Hei", "reach": "code"}, nonce_of(new_token()))
    case, at = Inquiry.objects.get(locator=receipt.locator), tomorrow()
    with pytest.raises(ReasonMissing):
        steps.set_next_step(case, step(), inquiry_staff, form=FORM, against=("code_only",), reason=" ")
    sent = {"step-what": "ring", "step-at": local(at), "step-text": CANARY, "step-form": str(FORM)}
    refused = press(inquiry_client, case, "next-step", **sent)
    assert (refused.status_code, CANARY in refused.text) == (422, True)
    for said in ("bare ha svar her, med koden", "ikke oppgitt noe nummer", "Skriv hvorfor, eller velg et annet"):
        assert said in refused.text
    assert not Message.objects.exists()
    for more, words in (({"step-what": "reply"}, CANARY), ({"step-reason": "Hun ba om det"}, "Hun ba om det")):
        assert press(inquiry_client, case, "next-step", **sent | more).status_code == 302
        assert open_messages(case)[-1].text.startswith(words)
    assert open_messages(case)[-1].text.endswith(CANARY)


def test_the_form_sets_a_step_for_a_colleague_who_can_open_and_keeps_what_was_refused(
    inquiry_client, inquiry, inquiry_staff, editor
):
    at = tomorrow()
    sent = {"step-what": "ring", "step-text": CANARY, "step-form": str(FORM), "step-owner": inquiry_staff.pk}
    for wrong in (
        {},
        {"step-at": local(timezone.now() - timedelta(days=1))},
        {"step-at": TEN_PAST},
        {"step-at": "0001-01-01T00:00"},
        {"step-at": "9999-12-31T23:59"},
        {"step-at": "1" * 100_000},
        {"step-at": local(at), "step-owner": editor.pk},
    ):
        answer = press(inquiry_client, inquiry, "next-step", **sent | wrong)
        assert (answer.status_code, CANARY in answer.text) == (422, True)
        assert not Message.objects.exists()
    assert press(inquiry_client, inquiry, "next-step", **sent | {"step-at": local(at)}).status_code == 302
    assert (now_of(inquiry).next_step_at, now_of(inquiry).next_step_owner) == (at, inquiry_staff)
    listed = inquiry_client.get(f"{CASE}?show=today").text
    assert (inquiry.reference in listed) == (timezone.localdate(at) == timezone.localdate())
    Inquiry.objects.update(next_step_at=timezone.now() - timedelta(hours=2))
    assert inquiry.reference in inquiry_client.get(f"{CASE}?show=today").text
    first_page = inquiry_client.get("/admin/").text
    assert "1 neste steg skulle vært gjort." in first_page
    assert "1 neste steg er ditt i dag." in first_page
    press(inquiry_client, inquiry, "step-done")
    assert now_of(inquiry).next_step_at is None
