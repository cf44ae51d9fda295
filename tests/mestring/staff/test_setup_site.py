"""A site is set up at every deployment; only a demo makes a first login."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from contact.keys.key_holders import paper_file
from contact.keys.keyring import fingerprint_file
from contact.sender.intake import receive
from contact.sender.receipt import new_token, nonce_of


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "users"), [("demo", 1), ("live", 0)])
def test_only_a_demo_prints_a_login(settings, capsys, mode, users):
    settings.MODE = mode
    call_command("setup_site")
    assert User.objects.count() == users
    assert ("password:" in capsys.readouterr().out) == bool(users)


@pytest.mark.django_db
def test_a_live_site_is_told_its_first_steps_until_they_are_done(settings, capsys):
    settings.MODE = "live"
    call_command("setup_site")
    told = capsys.readouterr().out
    assert str(paper_file()) in told
    assert "invite_administrator" in told
    paper_file().unlink()
    User.objects.create_user("kari")
    call_command("setup_site")
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_lost_file_of_fingerprints_is_said_and_pins_nothing_anew_once_an_inquiry_is_stored(capsys):
    call_command("setup_site")
    assert capsys.readouterr().err == ""
    anew, refused = "ble laget på nytt", "Ingen innboksnøkkel ble festet"
    for stored, said, is_made in ((False, anew, True), (True, refused, False)):
        if stored:
            receive("patient", "nb", {"message": "Hei."}, nonce_of(new_token()))
        for command in (["setup_site"], ["inbox", "setup"]):
            fingerprint_file().unlink(missing_ok=True)
            call_command(*command)
            assert said in capsys.readouterr().err
            assert fingerprint_file().exists() == is_made
