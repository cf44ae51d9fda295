"""Asking for a new password tells no one which addresses have an account, and is counted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mestring.staff.accounts.mails import send_due
from mestring.staff.models import AccountMail
from tests.mestring.staff.login.test_throttle import later

pytestmark = pytest.mark.django_db
PAGE = "/admin/login/forgotten/"


def ask(client, address, network="192.0.2.1"):
    return client.post(PAGE, {"email": address}, headers={"host": "testserver"}, REMOTE_ADDR=network)


def kinds_of(queries):
    return [one["sql"].split()[0] for one in queries]


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(client, editor, mailoutbox):
    ask(client, "varm.opp@klinikken.no")
    seen, work = [], []
    for number, address in enumerate(("astrid@klinikken.no", "ukjent@klinikken.no")):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = ask(client, address, f"198.51.{number}.1")
        seen.append((answer.status_code, answer.text))
        work.append(kinds_of(captured.captured_queries))
    assert seen[0] == seen[1]
    assert "Har en konto denne adressen" in seen[0][1]
    assert work[0] == work[1]
    send_due()
    assert [mail.to for mail in mailoutbox] == [["astrid@klinikken.no"]]
    assert not AccountMail.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "!"}, {"email": ""}])
def test_no_link_goes_to_an_account_that_no_password_opens(client, editor, mailoutbox, change):
    User.objects.filter(pk=editor.pk).update(**change)
    assert ask(client, "astrid@klinikken.no").status_code == 200
    send_due()
    assert mailoutbox == []


def test_requests_are_counted_for_an_address_whether_it_has_an_account_or_not(client, editor):
    for address in ("astrid@klinikken.no", "ukjent@klinikken.no"):
        answers = [ask(client, word).status_code for word in (address, address.upper(), address, address)]
        assert answers == [200, 200, 200, 429], address
    with later(timedelta(minutes=2)):
        assert ask(client, "astrid@klinikken.no").status_code == 200
    answers = [ask(client, "astrid@klinikken.no", f"198.51.{number}.1").status_code for number in range(4)]
    assert answers[-1] == 429


def test_the_login_leads_there(client, db):
    assert PAGE in client.get("/admin/login/").text
