"""A colleague erases only what they have read, a few a day, and any colleague has a day to stop it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contact.cases.reading import open_inquiry
from contact.models import AccessEntry, ErasureRequest, Inquiry, Tombstone
from contact.retention import erasing_round, legal_holds
from contact.retention.erasure_requests import NotRead, OnLegalHold, TooManyRequests, ask_to_erase
from contact.sender import thread
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from tests.contact.conftest import CANARY, NOTHING

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def address(inquiry, step="erase"):
    return f"/admin/contact/inquiry/{inquiry.pk}/{step}/"


def logged(action):
    return list(AccessEntry.objects.filter(action=action).values_list("username", flat=True))


@pytest.fixture
def read(inquiry, inquiry_staff):
    """An inquiry that Ivar has read."""
    open_inquiry(inquiry, inquiry_staff)
    return inquiry


@pytest.fixture
def asked(read, inquiry_staff):
    """One that he has asked to erase."""
    return ask_to_erase(read, inquiry_staff)


def round_after(wait):
    with time_machine.travel(timezone.now() + wait, tick=False):
        erasing_round.erase_expired()


def test_it_goes_after_a_day_and_who_asked_is_logged(asked, read):
    round_after(DAY - timedelta(minutes=5))
    assert Inquiry.objects.exists()
    round_after(DAY)
    assert not Inquiry.objects.exists()
    assert Tombstone.objects.get().inquiry_id == read.pk
    assert logged("erase_asked") == logged("staff_erased") == ["ivar"]


def test_what_this_colleague_has_not_read_stays(read, administrator, inquiry_staff, receipt):
    with pytest.raises(NotRead):
        ask_to_erase(read, administrator)
    thread.add_message(receipt.code, f"{CANARY} igjen", NOTHING)
    with pytest.raises(NotRead):
        ask_to_erase(read, inquiry_staff)
    assert not ErasureRequest.objects.exists()


def test_a_colleague_asks_for_a_few_a_day_and_stopping_gives_none_back(inquiry_client, inquiry_staff, keyring):
    for number in range(6):
        receive("patient", "nb", {"message": f"{CANARY} {number}"}, nonce_of(new_token()))
    *few, last = Inquiry.objects.all()
    for one in (*few, last):
        open_inquiry(one, inquiry_staff)
    for one in few:
        ask_to_erase(one, inquiry_staff)
    inquiry_client.post(address(few[0], "keep"))
    with pytest.raises(TooManyRequests):
        ask_to_erase(last, inquiry_staff)
    with time_machine.travel(timezone.now() + DAY, tick=False):
        ask_to_erase(last, inquiry_staff)


def test_any_colleague_sees_it_on_the_first_page_and_on_the_case_and_stops_it(asked, read, administrator_client):
    assert "slettes i løpet av et døgn" in administrator_client.get("/admin/").text
    page = administrator_client.get(address(read, "change")).text
    assert "Slettes etter" in page
    assert "Stopp slettingen" in page
    assert administrator_client.post(address(read, "keep")).status_code == 302
    round_after(DAY)
    assert Inquiry.objects.exists()
    assert logged("erase_stop") == ["kari"]
    assert "Slettes etter" not in administrator_client.get(address(read, "change")).text


def test_a_hold_or_a_sender_who_writes_more_ends_the_request(asked, read, inquiry_staff, receipt):
    thread.add_message(receipt.code, f"{CANARY} igjen", NOTHING)
    assert not ErasureRequest.objects.exists()
    open_inquiry(read, inquiry_staff)
    ask_to_erase(read, inquiry_staff)
    legal_holds.hold(read, "complaint", inquiry_staff)
    assert not ErasureRequest.objects.exists()
    with pytest.raises(OnLegalHold):
        ask_to_erase(read, inquiry_staff)
    assert (logged("erase_void"), logged("erase_stop")) == ([""], ["ivar"])


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_what_a_colleague_has_asked_for_rests_once_the_login_is_closed_until_another_asks(
    asked, read, inquiry_staff, administrator, change
):
    """It may have been a thief's login, and closed for that."""
    type(inquiry_staff).objects.filter(pk=inquiry_staff.pk).update(**change)
    round_after(2 * DAY)
    assert Inquiry.objects.exists()
    open_inquiry(read, administrator)
    ask_to_erase(read, administrator)
    round_after(DAY)
    assert not Inquiry.objects.exists()
    assert logged("staff_erased") == ["kari"]


def test_the_sender_s_own_erasing_stays_immediate(asked, receipt):
    thread.erase_everything(receipt.code)
    assert not Inquiry.objects.exists()
    assert not ErasureRequest.objects.exists()


def test_a_round_that_refuses_for_their_number_erases_them_and_one_with_a_wrong_clock_does_not(asked, monkeypatch):
    outcome = erasing_round.Outcome
    for doubt, left in ((outcome.CLOCK_AHEAD, 1), (outcome.CLOCK_BEHIND, 1), (outcome.TOO_MANY, 0)):
        monkeypatch.setattr(erasing_round, "_doubt", lambda *_given, doubt=doubt: doubt)
        with pytest.raises(erasing_round.ErasingRefused):
            round_after(DAY)
        assert Inquiry.objects.count() == left


@pytest.mark.plain
def test_a_locked_login_erases_nothing(launched, inquiry_client, administrator_client):
    for client in (inquiry_client, administrator_client):
        client.get(address(launched, "change"))
        assert client.post(address(launched)).status_code == 302
        assert client.get(address(launched)).status_code == 302
    assert not ErasureRequest.objects.exists()


@pytest.mark.plain
def test_unlocked_and_read_it_is_asked_for_at_the_form(unlocked_client, launched):
    assert unlocked_client.post(address(launched)).status_code == 302
    assert not ErasureRequest.objects.exists()
    unlocked_client.get(address(launched, "change"))
    assert "Slett alt om et døgn" in unlocked_client.get(address(launched)).text
    answer = unlocked_client.post(address(launched), follow=True)
    assert "Slettes etter" in answer.text
    assert "du eller en kollega stoppe det" in answer.text
