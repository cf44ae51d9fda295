"""The page on which a colleague chooses an inbox passphrase; it is never shown again."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone

from contact.crypto.passphrase import PassphraseWrong
from contact.keys.staff_keys import open_private_key
from contact.models import AccessEntry, Grant, StaffKey, Unlocked
from mestring.roles import KEYHOLDERS
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import PASSPHRASE, code_of

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/staffkey/"
OTHER = "fem blå ballonger over fjorden"
LOGS_IN = "syv grønne sykler bak låven"  # strong enough to be refused for nothing but being the login password
IS_IT, WAIT = "Dette er passordet du logger inn med.", "Prøv igjen etter"


def choose(client, new, again=None, **more):
    return client.post(PAGE, {"new": new, "again": new if again is None else again} | more)


def test_a_colleague_chooses_a_passphrase_and_is_given_a_code_to_read_out(inquiry_client, keyring):
    answer = inquiry_client.post(PAGE, {"new": PASSPHRASE, "again": PASSPHRASE, "what": ""})
    (code,) = code_of(StaffKey.objects.get()).values()
    assert code in answer.text
    assert code not in inquiry_client.get(PAGE).text  # the row alone tells nothing that is read out
    assert code in inquiry_client.post(PAGE, {"what": "code", "old": PASSPHRASE}).text
    assert inquiry_client.post(PAGE, {"what": "code", "old": OTHER}).status_code == 422
    assert "må slippe deg inn" in answer.text
    assert AccessEntry.objects.get(action="enrolled").username == "ivar"
    assert not Grant.objects.filter(principal="staff").exists()
    assert "no-store" in answer["Cache-Control"]


def test_a_keyholder_is_led_back_to_the_ceremony_and_others_are_not(keyring, inquiry_client, inquiry_staff):
    link = 'class="plain-link" href="/admin/contact/grant/"'
    assert link not in choose(inquiry_client, PASSPHRASE).text
    inquiry_staff.groups.add(Group.objects.get(name=KEYHOLDERS))
    assert link in inquiry_client.get(PAGE).text


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        (PASSPHRASE, PASSPHRASE + "x", "ikke like"), ("bare katt", "bare katt", "minst 16"), ("", "", "minst 16"),
        ("ivar ivar ivar ivar 12", "ivar ivar ivar ivar 12", "for lett"), (PASSWORD, PASSWORD, "for lett"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_a_clear_sentence_and_is_not_sent_back(
    inquiry_client, keyring, caplog, new, again, said
):
    with caplog.at_level(logging.DEBUG):
        answer = choose(inquiry_client, new, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert not new or new not in answer.text
    assert not new or new not in caplog.text
    assert not StaffKey.objects.exists()


def test_words_are_offered_that_are_stored_nowhere_and_differ_each_time(inquiry_client, keyring):
    first, second = (re.search(r'offered-words">([^<]+)<', inquiry_client.get(PAGE).text)[1] for _look in range(2))
    assert first != second
    assert choose(inquiry_client, first).status_code == 200


def try_alone(client, turn):
    return choose(client, LOGS_IN, what="anew")


def know_the_passphrase(client, turn):
    return choose(client, LOGS_IN, what="change", old=PASSPHRASE)


def choose_one_in_between(client, turn):
    return choose(client, f"{OTHER} {turn}" if turn % 2 else LOGS_IN, what="anew")


def unlock_in_between(client, turn):
    client.post("/admin/contact/inquiry/unlock/", {"passphrase": PASSPHRASE})
    return choose(client, LOGS_IN, what="anew")


@pytest.mark.parametrize("way", [try_alone, know_the_passphrase, choose_one_in_between, unlock_in_between])
def test_a_session_does_not_tell_the_login_password_by_trying_whatever_succeeds_in_between(enrolled, way):
    enrolled.user.set_password(LOGS_IN)
    enrolled.user.save()
    client = logged_in(enrolled.user)
    answers = [way(client, turn).text for turn in range(6)]
    assert IS_IT in answers[0]
    assert IS_IT not in answers[-1]
    assert WAIT in answers[-1]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=2), tick=False):
        assert IS_IT in choose(logged_in(enrolled.user), LOGS_IN, what="anew").text


def test_a_second_window_does_not_undo_what_the_first_one_chose(inquiry_client, keyring):
    choose(inquiry_client, PASSPHRASE)
    assert choose(inquiry_client, OTHER).status_code == 422
    open_private_key(StaffKey.objects.get(), PASSPHRASE)


def test_a_colleague_who_knows_the_old_passphrase_changes_it_and_stays_in(enrolled, inquiry_client, inquiry_staff):
    stranger = logged_in(inquiry_staff)
    stranger.post("/admin/contact/inquiry/unlock/", {"passphrase": PASSPHRASE})
    assert Unlocked.objects.exists()
    assert choose(inquiry_client, OTHER, what="change", old="feil").status_code == 422
    assert AccessEntry.objects.first().action == "unlock_wrong"
    assert choose(inquiry_client, OTHER, what="change", old=PASSPHRASE).status_code == 302
    enrolled.refresh_from_db()
    open_private_key(enrolled, OTHER)
    with pytest.raises(PassphraseWrong):
        open_private_key(enrolled, PASSPHRASE)
    assert enrolled.grants.exists()
    assert {"rephrased", "generation"} <= set(AccessEntry.objects.values_list("action", flat=True))
    assert not Unlocked.objects.exists()
    assert stranger.get(PAGE).status_code == 302, "logged out everywhere else"
    assert inquiry_client.get(PAGE).status_code == 200


def test_a_new_one_that_will_not_do_leaves_the_old_one_as_it_was(enrolled, inquiry_client):
    assert choose(inquiry_client, "kort", what="change", old=PASSPHRASE).status_code == 422
    enrolled.refresh_from_db()
    open_private_key(enrolled, PASSPHRASE)


def test_a_colleague_who_forgot_the_passphrase_starts_anew_and_waits_again(enrolled, inquiry_client):
    answer = choose(inquiry_client, OTHER, what="anew")
    assert answer.status_code == 200
    assert StaffKey.objects.get().pk != enrolled.pk
    assert "må slippe deg inn" in inquiry_client.get(PAGE).text


def test_i_have_forgotten_it_leads_straight_to_choosing_a_new_one(enrolled, inquiry_client):
    there = inquiry_client.get("/admin/contact/inquiry/unlock/").text
    address = re.search(r'href="([^"]+)">Jeg har glemt den', there)[1]
    page = inquiry_client.get(address).text
    assert re.findall(r'name="what" value="(\w*)"', page) == ["anew"]
    assert 'name="new"' in page


def test_who_has_been_let_in_is_led_on_to_the_inbox(enrolled, inquiry_client):
    assert '<a class="plain-link" href="/admin/contact/inquiry/">' in inquiry_client.get(PAGE).text


def test_the_page_is_about_the_person_who_is_logged_in(enrolled, administrator):
    text = logged_in(administrator).get(PAGE).text
    assert not any(code in text for code in code_of(enrolled).values())
    assert "ivar" not in text


def test_the_forms_need_the_csrf_token(inquiry_staff, keyring):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(inquiry_staff)
    for address in (PAGE, "/admin/contact/inquiry/unlock/", "/admin/contact/inquiry/lock/"):
        assert strict.post(address, {"new": PASSPHRASE, "again": PASSPHRASE}).status_code == 403
    assert not StaffKey.objects.exists()
