"""Unlocking in the admin: the key lies in two halves, for a while, in one browser."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from contact.admin.access.opener import COOKIE
from contact.keys import colleagues, staff_keys
from contact.models import AccessEntry, Inquiry, StaffKey, Unlocked, UnlockTries
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of
from contact.unlocking import unlocking
from contact.unlocking.tries import FREE_TRIES, TooManyTries
from tests.cast import PASSWORD, logged_in
from tests.contact.conftest import CANARY, PASSPHRASE, with_paper

pytestmark = pytest.mark.django_db
LIST = "/admin/contact/inquiry/"
UNLOCK = f"{LIST}unlock/"
LOCK = f"{LIST}lock/"
MINUTE = timedelta(minutes=1)


def page_of(inquiry):
    return f"{LIST}{inquiry.pk}/change/"


def actions():
    return list(AccessEntry.objects.order_by("id").values_list("action", flat=True))


def reads(client, inquiry):
    return CANARY in client.get(page_of(inquiry)).text


# --- locked ---------------------------------------------------------------------------------------


def test_while_the_server_can_open_no_colleague_has_to_unlock(inquiry_client, inquiry):
    assert reads(inquiry_client, inquiry)
    assert UNLOCK not in inquiry_client.get(LIST).text


def test_afterwards_an_inquiry_asks_to_unlock_first_and_then_is_shown(inquiry_client, launched):
    answer = inquiry_client.get(page_of(launched))
    assert CANARY not in answer.text
    assert f'href="{UNLOCK}?inquiry={launched.pk}"' in answer.text
    assert "opened" not in actions()
    answer = inquiry_client.post(f"{UNLOCK}?inquiry={launched.pk}", {"passphrase": f"  {PASSPHRASE} "})
    assert answer["Location"] == page_of(launched)
    assert reads(inquiry_client, launched)
    assert actions()[-2:] == ["unlocked", "opened"]


def test_what_comes_in_after_the_server_s_key_is_gone_opens_too(unlocked_client):
    receipt = receive("relative", "nb", {"message": CANARY}, nonce_of(new_token()))
    assert reads(unlocked_client, Inquiry.objects.get(locator=receipt.locator))


def test_the_list_stays_readable_while_locked(inquiry_client, launched):
    answer = inquiry_client.get(LIST)
    assert launched.reference in answer.text
    assert UNLOCK in answer.text


def test_an_invented_return_address_leads_to_the_list(inquiry_client, launched):
    for back in ("inquiry=https://elsewhere.example/", "inquiry=x", "then=//elsewhere.example"):
        answer = inquiry_client.post(f"{UNLOCK}?{back}", {"passphrase": PASSPHRASE})
        assert answer["Location"] == LIST


def test_a_colleague_who_was_not_let_in_is_told_so_and_reads_nothing(launched, administrator):
    client = logged_in(administrator)
    assert "ikke valgt" in client.get(UNLOCK).text
    colleagues.enrol(administrator, PASSPHRASE)
    assert 'type="password"' not in client.get(UNLOCK).text
    client.post(UNLOCK, {"passphrase": PASSPHRASE})
    assert not reads(client, launched)


# --- two halves -----------------------------------------------------------------------------------


def test_the_cookie_is_bound_to_this_site_and_hidden_from_scripts(unlocked_client):
    cookie = unlocked_client.cookies[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", "")


def test_neither_the_row_nor_the_cookie_opens_anything_alone(unlocked_client, launched, inquiry_staff):
    other = logged_in(inquiry_staff)  # the same person, another browser
    other.cookies[COOKIE] = unlocked_client.cookies[COOKIE].value
    assert not reads(other, launched)
    secret = unlocked_client.cookies.pop(COOKIE)
    assert not reads(unlocked_client, launched)
    for wrong in ("", "x", "é", "AAAA" * 11, secret.value[:-4] + "AAA="):
        unlocked_client.cookies[COOKIE] = wrong
        assert not reads(unlocked_client, launched)
    unlocked_client.cookies[COOKIE] = secret.value
    assert reads(unlocked_client, launched)


def test_a_row_moved_to_another_session_does_not_open_there(unlocked_client, launched, inquiry_staff):
    other = logged_in(inquiry_staff)
    Unlocked.objects.update(session=unlocking.place_of(other.session.session_key))
    other.cookies[COOKIE] = unlocked_client.cookies[COOKIE].value
    assert not reads(other, launched)


def test_a_row_given_to_another_colleague_opens_nothing_for_them(launched, inquiry_staff, administrator):
    cookie = unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
    theirs = colleagues.enrol(administrator, PASSPHRASE)
    assert not unlocking.is_unlocked(administrator, "session", cookie)
    Unlocked.objects.update(staff_key=theirs)
    assert not unlocking.is_unlocked(administrator, "session", cookie)


def test_no_passphrase_and_no_key_stands_in_the_database_the_session_or_a_log(
    launched, inquiry_client, inquiry_staff, caplog
):
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)
        inquiry_client.post(UNLOCK, {"passphrase": "feil " + PASSPHRASE})
        inquiry_client.post(UNLOCK, {"passphrase": PASSPHRASE})
        assert reads(inquiry_client, launched)
    private = staff_keys.open_private_key(StaffKey.objects.get(), PASSPHRASE).private_bytes_raw()
    secret = inquiry_client.cookies[COOKIE].value
    said = caplog.text.encode() + everything_stored()
    for trace in (PASSPHRASE.encode(), PASSPHRASE[:12].encode(), private, private.hex().encode(), secret.encode()):
        assert trace not in said
    assert bytes(StaffKey.objects.get().public_key) in said  # the search finds what is there


def everything_stored():
    """All rows of all tables, and the contents of all sessions."""
    parts = [repr(session.get_decoded()).encode() for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                parts += [bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row]
    return b"\n".join(parts)


# --- for a while ----------------------------------------------------------------------------------


def test_it_locks_itself_after_15_minutes_without_use(unlocked_client, launched):
    Unlocked.objects.update(used_at=timezone.now() - timedelta(minutes=15))
    assert not reads(unlocked_client, launched)
    assert unlocking.delete_expired_unlocks() == 1


def test_each_use_counts_anew_with_at_most_one_write_a_minute(launched, inquiry_staff, django_assert_num_queries):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        cookie = unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
        for _step in range(20):
            clock.shift(10 * MINUTE)
            assert unlocking.is_unlocked(inquiry_staff, "session", cookie)
        row = Unlocked.objects.get()
        clock.shift(MINUTE / 2)
        assert unlocking.is_unlocked(inquiry_staff, "session", cookie)
        assert Unlocked.objects.get().used_at == row.used_at
        clock.shift(15 * MINUTE)
        assert not unlocking.is_unlocked(inquiry_staff, "session", cookie)


def test_it_locks_itself_after_8_hours_of_use(launched, inquiry_staff):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        cookie = unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
        for _step in range(47):
            clock.shift(10 * MINUTE)
            assert unlocking.is_unlocked(inquiry_staff, "session", cookie)
        clock.shift(10 * MINUTE)
        assert not unlocking.is_unlocked(inquiry_staff, "session", cookie)


def test_the_button_locks(unlocked_client, launched):
    assert LOCK in unlocked_client.get(LIST).text
    assert unlocked_client.get(LOCK).status_code == 302
    unlocked_client.post(LOCK)
    assert not unlocked_client.cookies[COOKIE].value
    assert not Unlocked.objects.exists()
    assert not reads(unlocked_client, launched)
    assert actions()[-1] == "locked"


def test_logging_out_locks(unlocked_client):
    unlocked_client.post("/admin/logout/")
    assert not Unlocked.objects.exists()
    assert sorted(actions()[-2:]) == ["locked", "logged_out"]


def test_a_new_passphrase_after_a_forgotten_one_locks_every_browser(
    unlocked_client, launched, inquiry_staff, printed
):
    colleagues.enrol(inquiry_staff, "fem blå ballonger over fjorden", with_paper(printed))
    assert not reads(unlocked_client, launched)


# --- wrong passphrases ----------------------------------------------------------------------------


def test_a_wrong_passphrase_is_a_clear_sentence_logged_and_never_sent_back(inquiry_client, launched):
    answer = inquiry_client.post(UNLOCK, {"passphrase": "hemmelig kanari"})
    assert answer.status_code == 422
    assert "hemmelig kanari" not in answer.text
    assert "Dette er ikke" in answer.text
    assert actions()[-1] == "unlock_wrong"
    assert COOKIE not in answer.cookies


def test_after_five_wrong_ones_it_takes_a_minute_then_two_then_longer_even_for_the_right_one(
    launched, inquiry_staff
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(5):
            with pytest.raises(unlocking.PassphraseWrong):
                unlocking.unlock(inquiry_staff, "session", "feil")
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            with pytest.raises(TooManyTries):
                unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
            clock.shift(wait * MINUTE)
            with pytest.raises(unlocking.PassphraseWrong):
                unlocking.unlock(inquiry_staff, "session", "feil")
        clock.shift(60 * MINUTE)
        assert unlocking.unlock(inquiry_staff, "session", PASSPHRASE)
        assert UnlockTries.objects.get().wrong == 0


def test_the_page_says_when_to_try_again(inquiry_client, launched, inquiry_staff):
    UnlockTries.objects.create(user=inquiry_staff, wrong=9, not_before=timezone.now() + timedelta(hours=1))
    answer = inquiry_client.post(UNLOCK, {"passphrase": PASSPHRASE})
    when = timezone.localtime(UnlockTries.objects.get().not_before + MINUTE)
    assert f"{when:%H:%M}" in answer.text
    assert "unlock_wrong" not in actions()  # not tried, so not wrong


def test_wrong_tries_of_one_colleague_stop_no_other(launched, inquiry_staff, administrator, printed):
    staff_key = colleagues.enrol(administrator, PASSPHRASE)
    colleagues.let_in([staff_key], with_paper(printed))
    for _try in range(6):
        with pytest.raises((unlocking.PassphraseWrong, TooManyTries)):
            unlocking.unlock(inquiry_staff, "session", "feil")
    assert unlocking.unlock(administrator, "other", PASSPHRASE)


def test_a_try_is_counted_before_it_is_made_so_that_many_at_once_get_no_more(launched, inquiry_staff, monkeypatch):
    """While one try is being computed, four more arrive; the sixth is refused though none has failed yet."""
    computed = []

    def slow(staff_key, passphrase):
        computed.append(passphrase)
        if len(computed) < 9:
            unlocking.check_passphrase(inquiry_staff, "feil")
        raise unlocking.PassphraseWrong

    monkeypatch.setattr(unlocking, "open_private_key", slow)
    with pytest.raises(TooManyTries):
        unlocking.check_passphrase(inquiry_staff, "feil")
    assert len(computed) == FREE_TRIES


@pytest.mark.parametrize("typed", [{}, {"passphrase": ""}, {"passphrase": "\x00"}])
def test_anything_else_is_wrong_too_and_never_an_error(inquiry_client, launched, typed):
    assert inquiry_client.post(UNLOCK, typed).status_code == 422


def test_the_login_password_does_not_unlock(inquiry_client, launched):
    assert inquiry_client.post(UNLOCK, {"passphrase": PASSWORD}).status_code == 422


@pytest.mark.parametrize("address", [UNLOCK, LOCK, "/admin/contact/staffkey/"])
def test_editors_and_people_without_a_role_get_403(editor, roleless, launched, address):
    for user in (editor, roleless):
        for method in ("get", "post"):
            assert getattr(logged_in(user), method)(address).status_code == 403
