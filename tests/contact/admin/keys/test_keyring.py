"""The page on which administrators see who can open the inbox, and prove the recovery paper."""

import logging
from uuid import uuid4

import html5lib
import pytest
from django.test import Client

from contact.keys import key_holders, recovery
from contact.keys.recovery_paper import new_paper
from contact.models import AccessEntry, Grant
from tests.cast import logged_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/contact/grant/"
LIST = "/admin/contact/inquiry/"
EVERY_ADDRESS = [PAGE, f"{PAGE}add/", *(f"{PAGE}{{pk}}/{verb}/" for verb in ("change", "history", "delete"))]


def secrets_of(paper):
    """Return what stands behind the numbers of the paper's lines."""
    return [line.strip()[4:] for line in paper.splitlines() if line[4:6] in ("1)", "2)", "3)", "4)")]


def links(answer):
    page = html5lib.parse(answer.content, namespaceHTMLElements=False)
    return [a.get("href") for a in page.find(".//div[@id='content']").iter("a")]


# --- who may enter -----------------------------------------------------------------------------


def test_editors_inquiry_staff_and_people_without_a_role_get_403(
    editor, inquiry_staff, roleless, printed, undrawn_refusals
):
    addresses = {address.format(pk=pk) for address in EVERY_ADDRESS for pk in (Grant.objects.first().pk, uuid4())}
    for client in (logged_in(editor), logged_in(inquiry_staff), logged_in(roleless)):
        for address in sorted(addresses):
            for ask in (client.get, client.post):
                assert ask(address, {"typed": printed}).status_code == 403, (address, ask)
                assert not key_holders.is_paper_proven(), (address, ask)
    assert not AccessEntry.objects.exists()


def test_a_stranger_is_sent_to_the_login(client, printed):
    assert "/admin/login/" in client.post(PAGE, {"typed": printed})["Location"]
    assert not key_holders.is_paper_proven()


def test_a_grant_has_no_page_of_its_own_even_for_administrators(administrator_client, keyring):
    pk = Grant.objects.first().pk
    for verb in ("change", "history", "delete"):
        assert administrator_client.post(f"{PAGE}{pk}/{verb}/", {"post": "yes"}).status_code == 404
    assert Grant.objects.count() == 2


def test_proving_needs_the_csrf_token(administrator, printed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    assert strict.post(PAGE, {"typed": printed}).status_code == 403
    assert not key_holders.is_paper_proven()


# --- the page ----------------------------------------------------------------------------------


def test_the_page_says_where_the_file_lies_and_never_shows_it(administrator_client, printed):
    answer = administrator_client.get(PAGE)
    assert str(key_holders.paper_file()) in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert len(secrets_of(printed)) == 4
    assert not any(secret in answer.text for secret in secrets_of(printed))


def test_the_right_text_proves_the_paper_and_asks_for_the_file_to_be_deleted(administrator_client, printed):
    answer = administrator_client.post(PAGE, {"typed": "\r\n".join(secrets_of(printed.lower()))}, follow=True)
    assert answer.redirect_chain
    assert key_holders.is_paper_proven()
    assert "filen ligger fortsatt på serveren" in answer.text
    assert AccessEntry.objects.get().username == "kari"
    assert str(key_holders.paper_file()) in answer.text
    key_holders.paper_file().unlink()
    assert str(key_holders.paper_file()) not in administrator_client.get(PAGE).text


@pytest.mark.parametrize("other", [True, False])
def test_a_wrong_text_is_a_clear_sentence_and_is_not_sent_back(administrator_client, printed, caplog, other):
    typed = new_paper() if other else printed.replace("3)  ", "3)  Q")
    with caplog.at_level(logging.DEBUG):
        answer = administrator_client.post(PAGE, {"typed": typed})
    assert answer.status_code == 422
    assert ("en annen innboks" if other else "Linje 3") in answer.text
    for secret in secrets_of(typed):
        assert secret not in answer.text
        assert secret not in caplog.text
    assert not key_holders.is_paper_proven()
    assert AccessEntry.objects.get().action == "paper_wrong"


@pytest.mark.parametrize("typed", [{}, {"typed": ""}, {"typed": "\x00"}, {"typed": "x" * 500_000}])
def test_anything_else_is_wrong_too_and_never_an_error(administrator_client, keyring, typed):
    assert administrator_client.post(PAGE, typed).status_code == 422


def test_before_the_inbox_has_a_key_the_page_says_so(administrator_client):
    assert administrator_client.get(PAGE).status_code == 200
    assert "inbox setup" in administrator_client.post(PAGE, {"typed": "x"}).text


def test_administrators_find_it_from_the_first_page_and_the_log_names_who_proved(administrator_client, printed):
    assert PAGE in links(administrator_client.get("/admin/"))
    administrator_client.post(PAGE, {"typed": printed})
    log = administrator_client.get("/admin/contact/accessentry/?action__exact=paper_proven")
    assert log.status_code == 200
    assert "kari" in log.text


# --- the banner over the inbox -----------------------------------------------------------------


def test_administrators_are_reminded_over_the_inbox_until_all_is_done(administrator_client, inquiry, printed):
    for address in (LIST, f"{LIST}{inquiry.pk}/change/"):
        assert PAGE in links(administrator_client.get(address))
    recovery.prove_paper(printed)
    assert PAGE in links(administrator_client.get(LIST))
    key_holders.paper_file().unlink()
    answer = administrator_client.get(LIST)
    assert PAGE not in links(answer)
    assert "recovery-paper.txt" not in answer.text


def test_inquiry_staff_are_not_sent_to_a_page_they_may_not_enter(inquiry_client, inquiry):
    assert PAGE not in inquiry_client.get(LIST).text
