"""Codes: counted before they are looked at, taken once at any number of requests, and stored sealed."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from contact.models import AccessEntry
from mestring.staff.login.throttle import CODES_HERE
from mestring.staff.second_factor.adapter import KEY_FILE
from mestring.staff.second_factor.codes import codes_left, has_second_factor
from mestring.staff.second_factor.set_up_page import NEW_SECRET
from tests import building
from tests.cast import logged_in
from tests.conftest import environment_of, run
from tests.mestring.staff.login.test_throttle import later
from tests.mestring.staff.second_factor.phone import code_of, key_on, with_app
from tests.mestring.staff.second_factor.test_login import CODE, SET_UP, give_password, is_in

# Eight requests give the same code; prints how many it let in.
AT_ONCE = """
import threading
import django; django.setup()
from django.contrib.auth.models import User
from django.db import connection
from mestring.staff.second_factor import codes
from tests.mestring.staff.second_factor.phone import code_of, with_app
person = User.objects.create_user("ivar", is_staff=True)
secret, recovery = with_app(person)
for code in (code_of(secret), recovery[0]):
    taken, start = [], threading.Barrier(8)
    def take():
        start.wait()
        try:
            taken.append(codes._take(person, code))
        except codes.WrongCode:
            pass
        connection.close()
    threads = [threading.Thread(target=take) for n in range(8)]
    [t.start() for t in threads]; [t.join() for t in threads]
    print(len(taken))
"""


@pytest.mark.django_db
def test_after_five_wrong_codes_no_code_is_looked_at_and_the_right_password_does_not_begin_anew(client, editor):
    secret, codes = with_app(editor)
    for _try in range(CODES_HERE.free):
        give_password(client, editor)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    give_password(client, editor)
    for code in (code_of(secret), codes[0]):
        assert client.post(CODE, {"code": code}).status_code == 429
    assert codes_left(editor) == 10
    assert AccessEntry.objects.filter(action="login_failed", user=editor).exists()
    with later(timedelta(seconds=61)):
        assert client.post(CODE, {"code": code_of(secret)}).status_code == 302


@pytest.mark.django_db
def test_no_secret_of_a_code_stands_in_the_clear_in_the_database(editor):
    client = logged_in(editor)
    new = key_on(client.get(SET_UP))
    assert new not in str(client.session[NEW_SECRET])
    secret, codes = with_app(editor)
    stored = str(list(Authenticator.objects.values()))
    assert secret not in stored
    assert not any(code in stored for code in codes)


@pytest.mark.django_db
def test_with_another_key_file_no_code_counts_and_the_log_says_why(client, editor, settings, caplog):
    secret, codes = with_app(editor)
    (settings.KEY_DIR / KEY_FILE).write_text("x" * 43)
    give_password(client, editor)
    for code in (code_of(secret), codes[0]):
        assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)
    assert "another key" in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about a database file")
def test_of_eight_at_once_one_takes_a_code_on_sqlite(built_site, tmp_path):
    building.copy(built_site, tmp_path, "empty")
    assert run(["-c", AT_ONCE], environment_of(tmp_path)).split() == ["1", "1"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_takes_a_code_on_postgresql(capsys):
    exec(AT_ONCE, {})
    assert capsys.readouterr().out.split() == ["1", "1"]


@pytest.mark.django_db
def test_the_command_takes_the_step_away_ends_the_logins_and_is_logged(editor, capsys):
    with_app(editor)
    client = logged_in(editor)
    call_command("reset_second_factor", "astrid")
    assert not has_second_factor(User.objects.get(pk=editor.pk))
    assert not is_in(client)
    entry = AccessEntry.objects.get(action="factor_reset")
    assert (entry.username, entry.about) == ("", "astrid")
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "ingen")
    assert not is_in(Client())
