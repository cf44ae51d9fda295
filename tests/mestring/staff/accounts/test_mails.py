"""Mail to colleagues about their accounts has fixed words, goes once, and is erased then."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command

from mestring.readiness import yellow
from mestring.staff.accounts.mails import WORDS, send_due
from mestring.staff.models import AccountMail
from tests.mestring.staff.login.test_throttle import later

pytestmark = pytest.mark.django_db
Kind = AccountMail.Kind


def put(person, kind=Kind.ROLES):
    return AccountMail.objects.create(kind=kind, person=person, address=person.email)


def test_each_kind_has_words_in_norwegian_and_names_neither_inquiry_nor_colleague(editor, mailoutbox):
    for kind in Kind:
        put(editor, kind)
    assert send_due() == len(WORDS) == len(mailoutbox)
    for mail in mailoutbox:
        assert "Astrid" not in mail.body
        assert "henvendelse" not in mail.body.lower()
        assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mailoutbox[0].subject == "Kontoen din"
    assert not AccountMail.objects.exists()


def test_no_link_goes_to_an_account_that_was_closed_while_its_mail_waited(editor, mailoutbox):
    put(editor, Kind.RESET)
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    send_due()
    assert mailoutbox == []
    assert not AccountMail.objects.exists()


def test_what_a_mail_server_refuses_is_kept_and_tried_again(editor, mailoutbox, monkeypatch):
    put(editor)

    def refuse(self):
        raise OSError("astrid@klinikken.no")

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", refuse)
        assert send_due() == 0
    assert send_due() == 0
    with later(timedelta(minutes=1)):
        assert send_due() == 1
    assert len(mailoutbox) == 1


def test_readyz_says_when_mail_to_two_colleagues_does_not_get_through_or_none_is_sent(editor, inquiry_staff):
    for person, fails in ((editor, False), (inquiry_staff, True)):
        put(person)
        AccountMail.objects.update(attempts=2)
        assert bool(list(yellow.mail())) is fails
    AccountMail.objects.all().delete()
    put(editor)
    assert not list(yellow.mail())
    with later(timedelta(minutes=16)):
        assert list(yellow.mail()) == ["mail does not get through"]


def test_a_link_does_not_go_to_an_address_that_is_the_account_s_no_longer(editor, mailoutbox):
    put(editor, Kind.RESET)
    editor.email = "ny@klinikken.no"
    editor.save()
    send_due()
    assert mailoutbox == []


def test_a_week_later_it_is_erased_unsent(editor, mailoutbox):
    put(editor)
    with later(timedelta(days=7, seconds=1)):
        assert send_due() == 0
    assert mailoutbox == []
    assert not AccountMail.objects.exists()


def test_the_delivery_process_sends_it_but_not_from_a_restored_copy(editor, mailoutbox, settings, tmp_path):
    put(editor)
    settings.MAIL_HELD = tmp_path / "mail-is-held"
    settings.MAIL_HELD.touch()
    call_command("deliver", once=True)
    assert mailoutbox == []
    settings.MAIL_HELD.unlink()
    call_command("deliver", once=True)
    assert [mail.to for mail in mailoutbox] == [["astrid@klinikken.no"]]
