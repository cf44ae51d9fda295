"""The pages behind the return code, without a browser: POST only, nothing stored by it, one error."""

import re

import html5lib
import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import translation

from contact.cases.writing import replies
from contact.models import Inquiry, Message
from contact.sender import thread
from tests.contact.conftest import CANARY, FORM, NOTHING
from tests.factories import clinic
from tests.queries import queries

PAGE = "/kontakt/svar/"
ADDRESSES = {"nb": PAGE, "nn": "/nn/kontakt/svar/", "en": "/en/contact/answer/"}


@pytest.fixture(autouse=True)
def site(db):
    clinic()


@pytest.fixture
def answered(inquiry, inquiry_staff):
    replies.reply(inquiry, f"Svar: {CANARY} <b>", inquiry_staff, form=FORM, seen=None)
    return inquiry


def text_of(answer):
    return answer.content.decode()


def parsed(answer):
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(text_of(answer))


def post(client, receipt, step="", address=PAGE, **more):
    return client.post(address, {"code": receipt.formatted_code, "step": step, **more})


def action_of(answer):
    return next(form.get("action") for form in parsed(answer).iter("form") if form.get("method") == "post")


# --- the code ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ADDRESSES)
def test_the_page_asks_for_the_code_in_each_language(client, language):
    with translation.override(language):
        assert reverse("contact:answer") == ADDRESSES[language]
    answer = client.get(ADDRESSES[language])
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in text_of(answer)
    assert 'href="tel:+4735019500"' in text_of(answer)


def test_the_field_for_the_code_is_remembered_by_no_browser(client):
    field = next(field for field in parsed(client.get(PAGE)).iter("input") if field.get("name") == "code")
    assert (field.get("autocomplete"), field.get("value")) == ("off", None)


def test_asking_reading_and_the_page_after_the_receipt_take_three_queries_at_most(
    client, receipt, answered, django_assert_max_num_queries
):
    assert queries(client, PAGE) <= 3
    assert queries(client, "/kontakt/tatt-vare-pa/") <= 3
    for step in ("", "add", "delete"):
        with django_assert_max_num_queries(3):
            post(client, receipt, step)


def test_a_mistyped_and_an_unknown_code_get_the_same_answer(client, receipt):
    answers = []
    for code in (
        "hei",
        "0" * 32,
        receipt.formatted_code.replace(" ", "")[::-1],
        "",
        thread.return_code.format_code(bytes(16)),
        receipt.reference,
    ):
        answer = client.post(PAGE, {"code": code})
        assert answer.status_code == 422
        assert parsed(answer).find(".//title").text.startswith("Feil: ")
        assert "autofocus" in parsed(answer).find(".//div[@role='alert']").attrib
        answers.append(re.sub(r'\?form=[^"]+| value="[^"]*"', "", text_of(answer)))
    assert len(set(answers)) == 1
    assert "Referansenummeret er ikke koden." in answers[0]


def test_a_mistyped_code_is_kept_to_be_mended(client, receipt):
    assert 'value="abcd\n"' in text_of(client.post(PAGE, {"code": "abcd\n\x00"})).replace("&#x0a;", "\n")


def test_a_code_in_an_address_opens_nothing(client, receipt, answered):
    answer = client.get(PAGE, {"code": receipt.formatted_code})
    assert CANARY not in text_of(answer)
    assert receipt.formatted_code not in text_of(answer)
    assert client.post(f"{PAGE}?code={receipt.formatted_code}").status_code == 422


# --- the thread --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ADDRESSES)
def test_the_answer_is_read_in_each_language_and_is_text(client, receipt, answered, language):
    page = text_of(post(client, receipt, address=ADDRESSES[language]))
    assert f"Svar: {CANARY} &lt;b&gt;" in page


def test_the_heading_says_who_wrote_last(client, receipt, inquiry, inquiry_staff):
    assert "<h1>Det er ikke noe svar her ennå</h1>" in text_of(post(client, receipt))
    replies.reply(inquiry, "Svar", inquiry_staff, form=FORM, seen=None)
    assert "<h1>Vi har svart deg</h1>" in text_of(post(client, receipt))
    thread.add_message(receipt.code, "Jeg lurer på én ting til.", NOTHING)
    assert "<h1>Du har skrevet mer etter at vi svarte</h1>" in text_of(post(client, receipt))


def test_the_sender_s_own_words_are_not_shown_again(client, receipt, inquiry):
    page = text_of(post(client, receipt))
    assert "Sol" not in page
    assert CANARY not in page


def test_every_step_is_never_stored_sets_no_cookie_and_has_a_neutral_title(client, receipt, answered):
    for answer in (
        client.get(PAGE), client.get("/kontakt/tatt-vare-pa/"), client.post(PAGE, {"code": "x"}),
        post(client, receipt), post(client, receipt, "add"), post(client, receipt, "delete"),
        post(client, receipt, "erase"), post(client, receipt),
    ):  # fmt: skip
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        assert "Mestringshusene" not in parsed(answer).find(".//title").text
        assert 'name="robots" content="noindex"' in text_of(answer)
        assert 'href="tel:+4735019500"' in text_of(answer)
        assert "yr.no" in text_of(answer)


def test_the_code_stands_in_hidden_fields_only(client, receipt, answered):
    for step in ("", "add", "delete"):
        page = parsed(post(client, receipt, step))
        holders = [e for e in page.iter() if receipt.formatted_code in "".join((e.text or "", *e.attrib.values()))]
        assert holders
        assert all((e.tag, e.get("type"), e.get("name")) == ("input", "hidden", "code") for e in holders)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://else.example"}])
def test_another_site_cannot_take_a_step(client, receipt, headers):
    for step in ("", "add", "erase"):
        answer = client.post(PAGE, {"code": receipt.formatted_code, "step": step}, headers=headers)
        assert answer.status_code == 422
        assert receipt.formatted_code in text_of(answer)
    assert Inquiry.objects.exists()


def test_an_invented_step_only_shows_the_thread(client, receipt, inquiry):
    assert post(client, receipt, "nonsense").status_code == 200
    assert Inquiry.objects.exists()


# --- writing more ------------------------------------------------------------------------------


def test_a_message_is_sent_and_a_reload_does_not_double_it(client, receipt, inquiry):
    action = action_of(post(client, receipt))
    for _time in "ab":
        answer = post(client, receipt, "add", action, message=CANARY)
        assert answer.status_code == 200
        assert CANARY not in text_of(answer)
    assert Message.objects.count() == 1


def test_going_back_to_the_thread_is_the_same_form_and_going_on_is_a_fresh_one(client, receipt, inquiry):
    asked = action_of(client.get(PAGE))
    opened = action_of(post(client, receipt, address=asked))
    assert opened == asked
    assert action_of(post(client, receipt, address=asked)) == asked
    assert action_of(post(client, receipt, "add", opened, message="hei")) != asked


@pytest.mark.parametrize("wrong", ["", f"{CANARY} 578201 00192", CANARY * 1000])
def test_what_is_wrong_is_said_and_the_text_kept(client, receipt, inquiry, wrong):
    answer = post(client, receipt, "add", action_of(post(client, receipt)), message=wrong)
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(".//title").text.startswith("Feil: ")
    assert "autofocus" in page.find(".//div[@role='alert']").attrib
    assert (page.find(".//main//textarea").text or "").strip() == wrong
    assert not Message.objects.exists()


def test_a_broken_form_address_loses_nothing_but_one_press(client, receipt, inquiry):
    answer = post(client, receipt, "add", f"{PAGE}?form=forged", message=CANARY)
    assert answer.status_code == 422
    assert CANARY in text_of(answer)
    assert post(client, receipt, "add", action_of(answer), message=CANARY).status_code == 200
    assert Message.objects.count() == 1


@pytest.mark.parametrize("language", ADDRESSES)
def test_a_database_that_fails_is_503_with_the_text_the_code_and_the_phone(
    client, receipt, inquiry, monkeypatch, caplog, language, django_assert_num_queries
):
    def locked(*_arguments, **_options):
        raise OperationalError(f"database is locked: {CANARY}")

    monkeypatch.setattr(thread, "add_message", locked)
    action = f"{ADDRESSES[language]}?{action_of(client.get(PAGE)).partition('?')[2]}"
    post(client, receipt)  # the gate is remembered
    with django_assert_num_queries(0):
        answer = post(client, receipt, "add", action, message=CANARY)
    assert answer.status_code == 503
    assert CANARY in text_of(answer)
    assert 'href="tel:+4735019500"' in text_of(answer)
    assert f'lang="{language}"' in text_of(answer)
    assert CANARY not in caplog.text
    assert receipt.formatted_code not in caplog.text
    monkeypatch.undo()
    assert post(client, receipt, "add", action_of(answer), message=CANARY).status_code == 200
    assert Message.objects.count() == 1


def closed() -> bool:
    """A gate that is closed; named in the setting below."""
    return False


def test_while_the_forms_are_closed_a_sender_can_read_and_erase_but_not_write(client, receipt, answered, settings):
    settings.INQUIRY_GATE = f"{__name__}.closed"
    page = post(client, receipt)
    assert CANARY in text_of(page)
    assert parsed(page).find(".//textarea") is None
    refused = post(client, receipt, "add", message="hei du")
    assert refused.status_code == 503
    assert "hei du" in text_of(refused)
    post(client, receipt, "erase")
    assert not Inquiry.objects.exists()


# --- erasing -----------------------------------------------------------------------------------


def test_the_sender_confirms_before_everything_is_erased(client, receipt, inquiry):
    assert post(client, receipt, "delete").status_code == 200
    assert Inquiry.objects.exists()
    for _time in "ab":
        answer = post(client, receipt, "erase")
        assert "Alt er slettet" in text_of(answer)
        assert receipt.formatted_code not in text_of(answer)
    assert not Inquiry.objects.exists()


def test_after_erasure_the_code_answers_deleted_without_content(client, receipt, answered):
    thread.erase_everything(receipt.code)
    for step in ("", "add", "delete", "erase"):
        page = text_of(post(client, receipt, step, message="hei"))
        assert "Alt er slettet" in page
        assert CANARY not in page
        assert receipt.reference not in page


# --- the receipt -------------------------------------------------------------------------------


def sent(client, path="/kontakt/pasient/"):
    address = client.get(path, follow=True).redirect_chain[0][0]
    return client.post(address, {"step": "send", "message": CANARY})


def test_the_receipt_shows_the_code_that_opens_the_thread(client, keyring):
    answer = sent(client)
    code = "".join(next(p for p in parsed(answer).iter("p") if p.get("class") == "return-code").itertext())
    assert client.post(PAGE, {"code": code}).status_code == 200
    assert "Mestringshusene" not in parsed(answer).find(".//title").text
    assert 'href="/kontakt/tatt-vare-pa/"' in text_of(answer)


def test_the_page_after_the_receipt_shows_no_code_and_leads_to_the_answers(client):
    page = text_of(client.get("/kontakt/tatt-vare-pa/"))
    assert "return-code" not in page
    assert f'href="{PAGE}"' in page


def test_a_receipt_that_is_loaded_again_after_erasure_says_deleted(client, keyring):
    address = client.get("/kontakt/pasient/", follow=True).redirect_chain[0][0]
    page = parsed(client.post(address, {"step": "send", "message": "hei"}))
    code = "".join(next(p for p in page.iter("p") if p.get("class") == "return-code").itertext())
    client.post(PAGE, {"code": code, "step": "erase"})
    assert "Alt er slettet" in text_of(client.post(address, {"step": "send", "message": "hei"}))
    assert not Inquiry.objects.exists()
