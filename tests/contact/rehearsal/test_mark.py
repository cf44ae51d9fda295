"""Only this site can make a mark, and it is good for one inquiry of one rehearsal, for minutes."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from contact.models import Inquiry, Rehearsal, ThrottleCount
from contact.rehearsal.mark import FIELD, SALT, VALID_FOR, new_mark
from contact.sender.receipt import new_token
from tests.contact.conftest import CANARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keyring")]


def send(client, mark, message="Hei", token=""):
    body = {"step": "send", "message": message, FIELD: mark}
    return client.post(f"/kontakt/pasient/?form={token or new_token()}", body)


@pytest.fixture
def rehearsal():
    return Rehearsal.objects.create()


def forged(_rehearsal):
    return signing.dumps("0" * 32, salt=SALT, key="another site's secret")


def of_another_kind(rehearsal):
    return signing.dumps(rehearsal.pk.hex, salt="contact.form-token")


def of_no_rehearsal(_rehearsal):
    return signing.dumps("0" * 32, salt=SALT)


def of_no_kind(_rehearsal):
    return signing.dumps([1], salt=SALT)


def of_one_that_is_over(rehearsal):
    Rehearsal.objects.update(ended_at=timezone.now())
    return new_mark(rehearsal)


@pytest.mark.parametrize("make", [forged, of_another_kind, of_no_rehearsal, of_no_kind, of_one_that_is_over])
def test_a_mark_that_is_not_this_rehearsal_s_stores_nothing_and_the_words_are_kept(client, rehearsal, make):
    answer = send(client, make(rehearsal), CANARY)
    assert answer.status_code == 422
    assert CANARY in answer.text
    assert not Inquiry.with_rehearsals.exists()
    assert not ThrottleCount.objects.exists()


def test_an_old_mark_stores_nothing(client, rehearsal):
    mark = new_mark(rehearsal)
    with time_machine.travel(timezone.now() + VALID_FOR + timedelta(seconds=2)):
        assert send(client, mark).status_code == 422
    assert not Inquiry.with_rehearsals.exists()


def test_a_mark_is_used_up_by_its_first_inquiry_and_a_repeated_request_gets_the_same_receipt(client, rehearsal):
    mark, token = new_mark(rehearsal), new_token()
    assert send(client, mark, token=token).status_code == 200
    assert send(client, mark, token=token).status_code == 200
    assert send(client, mark, "Andre ord", token=token).status_code == 422
    assert Inquiry.with_rehearsals.count() == 1
    Inquiry.with_rehearsals.all().delete()
    assert send(client, mark, token=token).status_code == 422


def test_a_rehearsal_takes_no_turn_of_its_network_and_a_forged_mark_no_way_past_the_brake(
    client, rehearsal, settings
):
    settings.INQUIRIES_PER_HOUR = settings.SET_APART_PER_HOUR = 0
    assert send(client, new_mark(rehearsal)).status_code == 200
    assert not ThrottleCount.objects.exists()
    assert send(client, forged(rehearsal)).status_code == 422
    assert send(client, "").status_code in (429, 503)


def test_the_page_of_a_form_has_no_place_for_a_mark(client):
    assert FIELD not in client.get("/kontakt/pasient/", follow=True).text
