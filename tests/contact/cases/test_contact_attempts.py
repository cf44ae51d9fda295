"""What is done outside the thread is written down, and against the sender's wish only with a reason."""

import json
from itertools import product

import pytest

from contact.cases import contact_preferences, deadlines
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.contact_preferences import ReasonMissing, breached_preferences
from contact.cases.unread import UnseenEntry
from contact.cases.writing import notes, replies
from contact.exports.subject_access import copy_as_data, open_copy
from contact.keys import key_holders
from contact.models import AccessEntry, Inquiry, Message
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.admin.case.test_replies import hidden, page_of, text_of
from tests.contact.conftest import CANARY, FORM, NOTHING

pytestmark = pytest.mark.django_db
WHY = "Legevakten ba oss ringe"


@pytest.fixture
def case(keyring):
    """Return a function that receives an inquiry with a sender's preferences."""

    def wishing(role="patient", **wishes):
        answers = {"message": CANARY, "phone": "900 00 000"} | wishes
        receipt = receive(role, "nb", answers, nonce_of(new_token()))
        return Inquiry.objects.get(locator=receipt.locator)

    return wishing


def write_down(client, inquiry, way="called", **more):
    page = text_of(client.get(page_of(inquiry)))
    data = {"outside-way": way, "outside-outcome": "silence", "outside-form": hidden(page, "outside-form")}
    return client.post(page_of(inquiry, "outside"), data | more)


# --- which wishes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "way", "broken"),
    [
        ({"may_call": "yes"}, "called", ()),
        ({"may_call": "no"}, "called", ("no_call",)),
        ({"may_call": "no"}, "texted", ("text_unsaid",)),
        ({}, "called", ()),
        ({"reach": "phone"}, "called", ()),
        ({"reach": "email"}, "called", ("call_unsaid",)),
        ({"reach": "email", "may_call": "yes"}, "called", ()),
        ({"reach": "code"}, "called", ("code_only",)),
        ({"reach": "code", "may_call": "no"}, "called", ("code_only", "no_call")),
        ({"reach": "code"}, "other", ("code_only",)),
        ({"may_call": "yes", "may_leave_message": "yes"}, "message", ()),
        ({"may_call": "yes", "may_leave_message": "no"}, "message", ("no_message",)),
        ({"may_call": "no", "may_leave_message": "yes"}, "message", ("no_call",)),
        ({"may_call": "yes"}, "message", ("message_unsaid",)),
        ({"may_text": "yes", "may_call": "no"}, "texted", ()),
        ({"may_text": "no"}, "texted", ("no_text",)),
        ({"may_call": "no", "may_text": "no", "may_leave_message": "no"}, "other", ()),
    ],
)
def test_no_answer_is_no_consent_to_a_message_and_a_no_is_a_no(answers, way, broken):
    assert breached_preferences(answers, "patient", way) == broken
    assert breached_preferences(answers, "relative", way) == broken


def test_a_referrer_who_was_not_asked_may_be_left_a_message_at_work():
    assert breached_preferences({"phone": "1"}, "referrer", "message") == ()
    assert breached_preferences({"phone": "1"}, "referrer", "texted") == ()


def test_outside_the_given_times_every_way_goes_against_the_preferences():
    assert breached_preferences({"may_call": "yes"}, "patient", "called", outside_hours=True) == ("hours",)


def test_every_preference_that_can_be_breached_has_a_sentence():
    said = (None, "yes", "no")
    for reach, call, message, text, way in product((None, "email", "phone", "code"), said, said, said, Way.values):
        all_answers = {"reach": reach, "may_call": call, "may_leave_message": message, "may_text": text}
        answers = {name: answer for name, answer in all_answers.items() if answer}
        found = breached_preferences(answers, "patient", way, outside_hours=True)
        assert set(found) <= set(contact_preferences.SENTENCES)
        assert len(found) == len(set(found))


def test_what_is_sealed_is_read_back():
    said = ContactAttempt(Way.CALLED, Outcome.LEFT, "æøå", ("no_call",), WHY)
    assert ContactAttempt.from_json(said.to_json()) == said
    assert WHY not in repr(said)
    assert "æøå" not in repr(said)


# --- on the case -------------------------------------------------------------------------------


def test_a_call_that_is_allowed_is_sealed_logged_and_shown_and_never_reaches_the_sender(
    inquiry_client, receipt, inquiry
):
    assert write_down(inquiry_client, inquiry, **{"outside-text": CANARY}).status_code == 302
    assert "Det er skrevet opp. Bare kolleger ser det." in text_of(inquiry_client.get(page_of(inquiry)))
    message = Message.objects.get()
    assert (message.kind, message.sealed_to_sender) == ("out", None)
    assert CANARY.encode() not in bytes(message.sealed)
    assert AccessEntry.objects.filter(action="contacted", username="ivar").count() == 1
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert "Ringte: Fikk ikke svar" in page
    assert "Dette var mot det avsenderen ønsker" not in page
    assert not thread.open_thread(receipt.code).has_reply


@pytest.mark.parametrize(
    ("wish", "way", "words"),
    [
        ({"may_call": "no"}, "called", "sagt nei til at vi ringer"),
        ({"may_leave_message": "no"}, "message", "sagt nei til at vi legger igjen beskjed"),
        ({"may_text": "no"}, "texted", "sagt nei til SMS"),
        ({"reach": "code"}, "other", "bare ha svar her, med koden"),
    ],
)
def test_an_attempt_against_a_preference_is_not_stored_without_a_reason_and_its_text_is_kept(
    inquiry_client, case, wish, way, words
):
    inquiry = case(**wish)
    refused = write_down(inquiry_client, inquiry, way, **{"outside-text": "Ringte to ganger"})
    assert refused.status_code == 422
    assert words in text_of(refused)
    assert "Ringte to ganger" in text_of(refused)
    assert not Message.objects.exists()
    kept = {"outside-text": "Ringte to ganger", "outside-reason": "   "}
    assert write_down(inquiry_client, inquiry, way, **kept).status_code == 422
    assert write_down(inquiry_client, inquiry, way, **kept | {"outside-reason": WHY}).status_code == 302
    assert AccessEntry.objects.filter(action="against_wish", username="ivar").count() == 1
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert "Dette var mot det avsenderen ønsker" in page
    assert words in page
    assert WHY in page


def test_an_attempt_outside_the_given_times_needs_a_reason_too(inquiry_client, case):
    inquiry = case(may_call="yes", when="etter fire")
    refused = write_down(inquiry_client, inquiry, **{"outside-outside_hours": "on"})
    assert refused.status_code == 422
    assert "utenom tidene" in text_of(refused)
    assert "checked" in text_of(refused).split('name="outside-outside_hours"')[1].split(">")[0]


def test_recording_an_attempt_refuses_a_missing_reason(inquiry, inquiry_staff):
    said = ContactAttempt(Way.CALLED, Outcome.REACHED, "", ("no_call",), " ")
    with pytest.raises(ReasonMissing):
        notes.record_attempt(inquiry, said, inquiry_staff, form=FORM)


def test_two_clicks_are_one_entry(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    data = {"outside-way": "called", "outside-outcome": "reached", "outside-form": hidden(page, "outside-form")}
    assert [inquiry_client.post(page_of(inquiry, "outside"), data).status_code for _click in "ab"] == [302, 302]
    assert Message.objects.count() == 1


def test_without_way_and_outcome_nothing_is_stored_and_the_text_is_kept(inquiry_client, inquiry):
    for missing in ("outside-way", "outside-outcome"):
        refused = write_down(inquiry_client, inquiry, **{missing: "", "outside-text": "Snakket om mat"})
        assert refused.status_code == 422
        assert "Snakket om mat" in text_of(refused)
    assert not Message.objects.exists()


def test_the_number_stands_beside_the_preferences_where_a_call_is_recorded(inquiry_client, case):
    inquiry = case(
        reach="phone", may_call="no", may_leave_message="no", if_other="Si at det er Per", when="etter ti"
    )
    form = text_of(inquiry_client.get(page_of(inquiry))).split('id="outside-title"')[1].split("outside-way")[0]
    for said in ("tel:90000000", "Skal ikke ringes.", "Legg ikke igjen beskjed.", "Si at det er Per", "etter ti"):
        assert said in form
    assert CANARY not in form


def test_a_locked_inbox_stores_nothing_and_keeps_the_words(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    key_holders.server_key_file().unlink()
    data = {
        "outside-way": "called", "outside-outcome": "reached", "outside-text": "Snakket om mat",
        "outside-form": hidden(page, "outside-form"),
    }  # fmt: skip
    refused = inquiry_client.post(page_of(inquiry, "outside"), data)
    assert refused.status_code == 409
    assert "Snakket om mat" in text_of(refused)
    assert not Message.objects.exists()


def test_it_is_part_of_the_copy_for_the_person(inquiry, inquiry_staff):
    said = ContactAttempt(Way.TEXTED, Outcome.LEFT, "Ba om å ringe", ("no_text",), WHY)
    notes.record_attempt(inquiry, said, inquiry_staff, form=FORM)
    answers, entries = open_copy(inquiry, inquiry_staff, key_holders.open_with_server_grant)
    text = copy_as_data(inquiry, answers, entries)["thread"][0]["text"]
    for part in ("Sendte SMS", "Ba om å ringe", "sagt nei til SMS", WHY):
        assert part in text
    assert json.dumps(copy_as_data(inquiry, answers, entries))


def test_a_reply_is_refused_while_a_colleague_s_call_has_not_been_seen(inquiry, inquiry_staff):
    notes.record_attempt(inquiry, ContactAttempt(Way.CALLED, Outcome.REACHED), inquiry_staff, form=FORM)
    with pytest.raises(UnseenEntry):
        replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)


def test_a_colleague_whose_open_case_is_erased_keeps_the_typed_text(inquiry_client, receipt, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    thread.erase_everything(receipt.code)
    data = {
        "outside-text": "Snakket om mat",
        "outside-way": "called",
        "outside-form": hidden(page, "outside-form"),
    }
    gone = inquiry_client.post(page_of(inquiry, "outside"), data)
    assert gone.status_code == 410
    assert "Snakket om mat" in text_of(gone)


def test_only_readers_may_record_an_attempt(editor_client, client, inquiry):
    data = {"outside-way": "called", "outside-outcome": "reached", "outside-form": FORM}
    assert editor_client.post(page_of(inquiry, "outside"), data).status_code == 403
    assert client.post(page_of(inquiry, "outside"), data).status_code == 302
    assert not Message.objects.exists()


def test_what_was_said_leaves_no_trace_in_django_s_own_tables(inquiry_client, case):
    from django.contrib.admin.models import LogEntry
    from django.contrib.sessions.models import Session

    write_down(inquiry_client, case(may_call="no"), **{"outside-text": CANARY, "outside-reason": CANARY})
    assert Message.objects.count() == 1
    assert not any(CANARY in str(session.get_decoded()) for session in Session.objects.all())
    assert not any(CANARY in f"{e.object_repr}{e.change_message}" for e in LogEntry.objects.all())
    assert not any(CANARY in str(row) for row in AccessEntry.objects.values())


# --- what belongs to it on the same page -------------------------------------------------------


def test_no_note_is_promised_to_stay_unseen_by_the_person(inquiry_client, inquiry, inquiry_staff):
    notes.add_note(inquiry, "Notat", inquiry_staff, form=FORM)
    page = text_of(inquiry_client.get(page_of(inquiry)))
    assert "ses bare av kolleger" in page
    assert "Ber personen om kopi" in page
    for untrue in ("aldri dette", "ser det aldri"):
        assert untrue not in page


def test_the_duty_and_its_exceptions_are_explained_for_a_relative_alone(inquiry_client, case, inquiry):
    page = text_of(inquiry_client.get(page_of(case("relative"))))
    for said in ("samtykket", "under 18 år", "nødetatene eller politiet", "barnevernet", "helsepersonelloven"):
        assert said in page
    assert "helsepersonelloven" not in text_of(inquiry_client.get(page_of(inquiry)))


def test_a_line_for_the_number_stands_there_also_when_none_was_given(inquiry_client, keyring):
    receipt = receive("patient", "nb", {"message": "hei"}, nonce_of(new_token()))
    page = text_of(inquiry_client.get(page_of(Inquiry.objects.get(locator=receipt.locator))))
    assert "ikke noe nummer oppgitt" in page.split('id="outside-title"')[1]


@pytest.mark.parametrize(
    ("outcome", "waits"), [(Outcome.REACHED, ""), (Outcome.NO_ANSWER, "never"), (Outcome.LEFT, "never")]
)
def test_only_a_call_in_which_the_sender_was_reached_is_an_answer(receipt, inquiry, inquiry_staff, outcome, waits):
    thread.add_message(receipt.code, CANARY, NOTHING)
    notes.record_attempt(inquiry, ContactAttempt(Way.CALLED, outcome), inquiry_staff, form=FORM)
    inquiry.refresh_from_db()
    assert deadlines.missing_answer(inquiry) == waits
