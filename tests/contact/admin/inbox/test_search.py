"""While the inbox is unlocked its newest open cases can be searched, and the words stand nowhere afterwards."""

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact.cases import search as searching
from contact.cases import status
from contact.cases.contact_attempts import ContactAttempt, Outcome, Way
from contact.cases.summaries import summarize_cases
from contact.cases.writing import notes
from contact.keys import key_holders
from contact.models import AccessEntry, Grant, Inquiry
from contact.retention.erasure import erase
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.unlocking.unlocking import Locked
from tests.contact.admin.inbox.test_list import references
from tests.contact.conftest import CANARY, FORM, NOTHING, PASSPHRASE

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
SEARCH = f"{LIST}search/"


def came(message, **more):
    receipt = receive("patient", "nb", {"message": message} | more, nonce_of(new_token()))
    return Inquiry.objects.get(locator=receipt.locator)


def found(client, words):
    return references(client.post(SEARCH, {"words": words}))


@pytest.mark.parametrize(
    "words",
    ["kanarifugl", "KANARI", "  gruven   kanarifugl ", "Sol", "sol gruven", "90000000", "900 00 000"],
)
def test_every_word_must_stand_somewhere_in_the_case_in_whatever_letters(inquiry_client, inquiry, words):
    came("Noe helt annet.")
    assert found(inquiry_client, words) == [str(inquiry.pk)]


@pytest.mark.parametrize("words", ["kanarifugl hund", "phone", "yes", "patient"])
def test_what_was_not_written_is_not_found(inquiry_client, inquiry, words):
    answer = inquiry_client.post(SEARCH, {"words": words})
    assert references(answer) == []
    assert "Fant 0 henvendelser" in answer.text


def test_letters_in_two_signs_are_the_same_letters(inquiry_client, keyring):
    one = came("Bor på A\u030alesund")
    assert found(inquiry_client, "ålesund") == [str(one.pk)]


@pytest.mark.parametrize("words", ["nordmann", "anne-grete", "d'arc", "22334455", "22 33 44 55"])
def test_words_are_found_as_they_are_read_and_numbers_however_they_were_divided(inquiry_client, keyring, words):
    came("Jeg heter Anne\u2011Grete D\u2019Arc Nord\u00admann", phone="22.33.44\u201155")
    assert len(found(inquiry_client, words)) == 1


@pytest.mark.parametrize("words", ["+4790012345", "0047 90 01 23 45", "900 12 345", "90012345"])
def test_a_number_is_found_with_and_without_the_code_of_norway_wherever_it_stands(inquiry_client, keyring, words):
    without, with_code = came("Hei", phone="900 12 345"), came("Hei", phone="+47 90012345")
    in_words = came("Ring meg på 900 12 345 etter kl. 16\nUngene er 2 og 4.")
    came("Ring 900 12 346")
    assert set(found(inquiry_client, words)) == {str(one.pk) for one in (without, with_code, in_words)}


@pytest.mark.parametrize("words", ["\u00ad", "\u200b \u2060"])
def test_signs_that_no_reader_sees_are_nothing_to_search_for(inquiry_client, inquiry, words):
    answer = inquiry_client.post(SEARCH, {"words": words})
    assert (answer.status_code, references(answer)) == (422, [])
    assert not AccessEntry.objects.filter(action=AccessEntry.Action.SEARCHED).exists()


def test_what_was_said_since_is_searched_too(inquiry_client, inquiry, receipt, inquiry_staff):
    thread.add_message(receipt.code, "Det gjelder traktoren.", NOTHING)
    notes.add_note(inquiry, "Ringte fra Bergen.", inquiry_staff, form=FORM)
    for words in ("traktoren", "bergen", "kanarifugl traktoren bergen"):
        assert found(inquiry_client, words) == [str(inquiry.pk)]


def test_what_was_written_about_a_call_is_found_and_not_what_was_chosen_or_how_it_is_stored(
    inquiry_client, inquiry, inquiry_staff
):
    said = ContactAttempt(
        Way.CALLED, Outcome.REACHED, "Snakket om åpningsdøren", ("no_call",), "Søsteren «Ane»\nba oss ringe"
    )
    notes.record_attempt(inquiry, said, inquiry_staff, form=FORM)
    for words in ("åpningsdøren", "snakket søsteren", "«ane» kanarifugl"):
        assert found(inquiry_client, words) == [str(inquiry.pk)]
    for words in ("outcome", "against", "called", "reached", "no_call", "u00e5", "{", "reason"):
        assert found(inquiry_client, words) == []


def test_closed_cases_are_not_searched_and_the_page_says_so(inquiry_client, inquiry, inquiry_staff):
    status.close(inquiry, inquiry_staff, "recorded")
    answer = inquiry_client.post(SEARCH, {"words": "kanarifugl"})
    assert references(answer) == []
    assert "Det søkes aldri i lukkede henvendelser." in answer.text


def test_past_the_newest_the_page_says_what_was_not_searched(inquiry_client, inquiry, monkeypatch):
    came("Nyere")
    monkeypatch.setattr(searching, "NEWEST", 1)
    answer = inquiry_client.post(SEARCH, {"words": "kanarifugl"})
    assert references(answer) == []
    assert "Søkte i 1 åpen henvendelse" in answer.text
    assert "eldre enn de 1 nyeste, er det ikke søkt i" in answer.text
    monkeypatch.setattr(searching, "NEWEST", 2)
    assert "er det ikke søkt i" not in inquiry_client.post(SEARCH, {"words": "kanarifugl"}).text


def test_what_does_not_open_is_counted(inquiry_client, inquiry):
    Inquiry.objects.update(sealed=b"\x01" + bytes(400))
    assert "1 lot seg ikke åpne." in inquiry_client.post(SEARCH, {"words": "kanarifugl"}).text


def test_a_search_is_logged_without_its_words_before_anything_is_opened(inquiry_client, inquiry, monkeypatch):
    inquiry_client.post(SEARCH, {"words": "kanarifugl"})
    entry = AccessEntry.objects.get(action="searched")
    assert (entry.username, entry.inquiry_id, entry.reference, entry.about) == ("ivar", None, "", "")
    monkeypatch.setattr(searching.access_log, "note", lambda *_args, **_kwargs: 1 / 0)
    monkeypatch.setattr(searching, "unseal", lambda *_args: pytest.fail("opened before it was logged"))
    with pytest.raises(ZeroDivisionError):
        inquiry_client.post(SEARCH, {"words": "kanarifugl"})


def test_each_match_stands_in_the_log_of_its_inquiry_and_no_other(inquiry_client, inquiry, inquiry_staff):
    receive("patient", "nb", {"message": "Hei", "name": "Måne"}, nonce_of(new_token()))
    searching.search("kanarifugl", inquiry_staff, key_holders.open_with_server_grant)
    seen = AccessEntry.objects.filter(action="names_seen")
    assert [(entry.username, entry.inquiry_id) for entry in seen] == [("ivar", inquiry.pk)]


def test_locked_the_search_asks_to_unlock_first_and_opens_nothing(inquiry_client, inquiry, enrolled):
    Grant.objects.filter(principal="server").delete()
    answer = inquiry_client.post(SEARCH, {"words": "kanarifugl"})
    assert answer.status_code == 409
    assert "Lås den opp for å søke." in answer.text
    assert "kanarifugl" not in answer.text
    assert not AccessEntry.objects.filter(action="searched").exists()
    assert inquiry_client.post(f"{LIST}unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    assert found(inquiry_client, "kanarifugl") == [str(inquiry.pk)]


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda _inquiry, *who: searching.search("kanarifugl", *who), id="search"),
        pytest.param(lambda inquiry, *who: summarize_cases([inquiry], *who), id="list"),
    ],
)
def test_an_inbox_that_locks_itself_in_between_is_told_as_locked_not_as_broken(inquiry, inquiry_staff, look):
    def locked(_key):
        raise Locked

    with pytest.raises(Locked):
        look(inquiry, inquiry_staff, locked)


def test_a_reference_number_finds_the_case_open_closed_and_erased_locked_or_not(
    inquiry_client, inquiry, enrolled, inquiry_staff
):
    reference = inquiry.reference
    said = reference.lower().replace("-", " ")
    assert found(inquiry_client, said) == [str(inquiry.pk)]
    Grant.objects.filter(principal="server").delete()
    locked = inquiry_client.post(SEARCH, {"words": said})
    assert (locked.status_code, references(locked)) == (200, [str(inquiry.pk)])
    assert "kanarifugl" not in locked.text
    assert AccessEntry.objects.filter(action="listed", user=inquiry_staff).exists()
    status.close(inquiry, inquiry_staff, "recorded")
    assert found(inquiry_client, said) == [str(inquiry.pk)]
    erase(inquiry, AccessEntry.Action.STAFF_ERASED, user=inquiry_staff)
    gone = inquiry_client.post(SEARCH, {"words": said}).text
    assert f"{reference} ble slettet" in gone
    assert "ivar har slettet den fordi personen ba om det." in gone


@pytest.mark.parametrize("said", ["0Q0Q-0Q0Q", "Ref. nr. 0Q0Q-0Q0Q.", "0Q0Q"])
def test_a_reference_that_no_inquiry_has_is_said_to_have_been_looked_up(inquiry_client, inquiry, enrolled, said):
    def answered():
        answer = inquiry_client.post(SEARCH, {"words": said})
        assert references(answer) == []
        return " ".join(answer.text.split())

    nothing = "Ingen henvendelse har referansenummeret 0Q0Q"
    assert (nothing in answered()) == (said != "0Q0Q")  # this may as well be words
    Grant.objects.filter(principal="server").delete()
    locked = answered()
    assert nothing in locked
    assert "Be om å få høre det en gang til, tegn for tegn." in locked


@pytest.mark.parametrize("around", ["Ref. nr. {}", "referanse: {}.", "Hun oppga {} da hun ringte"])
def test_a_reference_is_found_with_words_around_it(inquiry_client, inquiry, around):
    assert found(inquiry_client, around.format(inquiry.reference)) == [str(inquiry.pk)]


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_search_asks_for_words(inquiry_client, inquiry, words):
    answer = inquiry_client.post(SEARCH, {"words": words})
    assert answer.status_code == 422
    assert "Skriv hva du leter etter." in answer.text
    assert not AccessEntry.objects.filter(action="searched").exists()


def test_the_words_stand_in_no_address_log_session_or_history(inquiry_client, inquiry, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        answer = inquiry_client.post(SEARCH, {"words": CANARY})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Location" not in answer
    assert CANARY not in answer.text.split("</title>")[0]
    assert 'method="post" action="/admin/contact/inquiry/search/" autocomplete="off"' in answer.text
    for word in ("kanarifugl", "gruven", "æøå"):
        assert not any(word in query["sql"] for query in asked)
        assert not any(word in record.getMessage() for record in caplog.records)
        assert not any(word in str(session.get_decoded()) for session in Session.objects.all())
    assert not LogEntry.objects.exists()


def test_asked_for_by_a_link_the_search_is_the_list_and_its_words_are_not_read(inquiry_client, inquiry):
    answer = inquiry_client.get(f"{SEARCH}?words={CANARY}")
    assert answer.status_code == 302
    assert answer["Location"] == LIST
    assert inquiry_client.put(SEARCH).status_code == 405


def test_more_cases_take_no_more_queries(inquiry_client, inquiry, receipt):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert found(inquiry_client, "kanarifugl")
        return len(queries)

    few = asked()
    for number in range(4):
        came(f"{CANARY} {number}")
    thread.add_message(receipt.code, CANARY, NOTHING)
    assert asked() == few
