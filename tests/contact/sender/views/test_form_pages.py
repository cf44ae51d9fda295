from datetime import timedelta

import html5lib
import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone, translation

from contact.models import InboxKey, Inquiry
from contact.sender.views import inquiry as views
from tests.contact.conftest import CANARY
from tests.factories import clinic

ADDRESSES = {
    "/kontakt/pasient/": "nb", "/kontakt/parorende/": "nb", "/nn/kontakt/pasient/": "nn",
    "/nn/kontakt/parorande/": "nn", "/en/contact/patient/": "en", "/en/contact/relative/": "en",
    "/kontakt/henviser/": "nb", "/nn/kontakt/tilvisar/": "nn", "/en/contact/referrer/": "en",
}  # fmt: skip
PATIENT = "/kontakt/pasient/"
REFERRER = "/kontakt/henviser/"


@pytest.fixture(autouse=True)
def site(db):
    clinic()


def form_address(client, path=PATIENT):
    """Open the form as a browser does, and return the address that carries its token."""
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[0][0]


def text_of(answer):
    return answer.content.decode()


def parsed(answer):
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(text_of(answer))


# --- addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "path"), [("nb", "/kontakt/"), ("nn", "/nn/kontakt/"), ("en", "/en/contact/")]
)
def test_the_start_page_leads_to_every_form_and_to_the_phone(client, language, path):
    answer = client.get(path)
    assert answer.status_code == 200
    with translation.override(language):
        for name in ("patient", "relative", "referrer"):
            assert f'href="{reverse(f"contact:{name}")}"' in text_of(answer)
    door = next(a for a in parsed(answer).iter("a") if a.get("class") == "door door--referrer")
    assert "35\u00a001\u00a095\u00a000" in "".join(door.itertext())
    assert 'href="tel:+4735019500"' in text_of(answer)


@pytest.mark.parametrize("path", ADDRESSES)
def test_each_form_answers_in_each_language(client, path, keyring):
    address = form_address(client, path)
    assert address.startswith(f"{path}?form=")
    answer = client.post(address, {"step": "send", "message": CANARY})
    assert answer.status_code == 200
    assert Inquiry.objects.get().language == ADDRESSES[path]
    first_letters = path.rstrip("/").rpartition("/")[2][:3]
    role = {"pas": "patient", "pat": "patient", "hen": "referrer", "til": "referrer", "ref": "referrer"}
    assert Inquiry.objects.get().role == role.get(first_letters, "relative")


@pytest.mark.parametrize("path", ["/kontakt/", PATIENT])
@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, path, method):
    assert getattr(client, method)(path).status_code == 405


def test_the_start_page_takes_no_post(client):
    assert client.post("/kontakt/").status_code == 405


def test_head_works(client):
    assert client.head("/kontakt/").status_code == 200
    assert client.head(PATIENT, follow=True).status_code == 200


# --- the form ----------------------------------------------------------------------------------


def test_the_form_is_never_stored_and_sets_no_cookie(client, keyring):
    for answer in (
        client.get(PATIENT), client.get(form_address(client)), client.post(form_address(client), {}),
        client.post(form_address(client), {"step": "send", "message": "hei"}), client.get("/kontakt/"),
    ):  # fmt: skip
        assert ("no-store" in answer["Cache-Control"]) == (answer.request["PATH_INFO"] == PATIENT)
        assert answer.fresh_until is None
        assert not answer.cookies


def test_the_same_address_is_the_same_form(client):
    address = form_address(client)
    assert client.get(address).content == client.get(address).content


def test_a_form_that_stays_open_for_a_working_day_is_the_same_form_and_one_of_yesterday_is_not(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address = form_address(client)
        clock.shift(timedelta(hours=11))
        assert client.get(address).status_code == 200
        clock.shift(timedelta(hours=2))
        assert client.get(address).status_code == 302


def test_each_visit_gets_a_form_of_its_own(client):
    assert form_address(client) != form_address(client)


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "%00", "%FF"])
def test_a_forged_form_address_leads_to_a_fresh_form(client, token):
    answer = client.get(f"{PATIENT}?form={token}")
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_emergency_numbers_stand_above_the_form(client):
    page = text_of(client.get(form_address(client)))
    main = page[page.index("<main") :].split("<form")[0]
    assert 'href="tel:113"' in main
    assert 'href="tel:116117"' in main


def test_visitors_are_told_how_long_an_inquiry_is_kept(client, settings):
    settings.INQUIRY_RETENTION_DAYS = 47
    address = form_address(client)
    assert "47" in text_of(client.get(address))
    assert 'type="checkbox"' not in text_of(client.get(address))


def test_the_trap_is_out_of_the_way_of_people(client):
    page = parsed(client.get(form_address(client)))
    trap = page.find(".//div[@class='field field--trap']")
    assert trap.get("aria-hidden") == "true"
    field = trap.find(".//input")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")


def test_every_field_has_a_label_and_no_id_stands_twice(client):
    page = parsed(client.get(form_address(client, "/kontakt/parorende/")))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    labels = {label.get("for") for label in page.iter("label")}
    fields = [element for tag in ("input", "textarea") for form in page.iter("form") for element in form.iter(tag)]
    assert {field.get("id") for field in fields} == labels


# --- looking through it -------------------------------------------------------------------------


def test_before_anything_is_stored_the_answers_are_shown_to_be_looked_through(client, keyring):
    typed = {"message": "linje én\nlinje to <b>", "reach": "code", "may_call": "no", "website": ""}
    answer = client.post(form_address(client), typed)
    assert answer.status_code == 200
    page = text_of(answer)
    for shown in ("linje én<br>linje to &lt;b&gt;", "Bare her, med koden", ">Nei<", 'href="tel:+4735019500"'):
        assert shown in page
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "is_said"),
    [
        ({}, True),
        ({"reach": "code"}, False),
        ({"phone": "900 00 000"}, False),
        ({"email": "sol@example.org"}, False),
    ],
)
def test_a_sender_who_chose_no_way_is_told_before_sending_where_the_answer_will_be(
    client, keyring, typed, is_said
):
    answer = client.post(form_address(client), {"message": "Hei."} | typed)
    assert ("Du har ikke valgt. Svaret ligger her" in text_of(answer)) == is_said


def hidden_fields(answer):
    return {e.get("name"): e.get("value") or "" for e in parsed(answer).iter("input") if e.get("type") == "hidden"}


def test_what_was_looked_through_is_sent_as_it_was_typed(client, keyring):
    address = form_address(client)
    typed = {
        "message": "  en\r\n  to",
        "name": 'Sol "x"',
        "reach": "phone",
        "phone": "90012345",
        "when": "etter fire",
    }
    looked_through = client.post(address, typed)
    sent = client.post(address, hidden_fields(looked_through) | {"step": "send"})
    assert "return-code" in text_of(sent)
    assert "Ikke trykk Tilbake i nettleseren" in text_of(sent)
    # The very same receipt as when it is sent at once: the same words, so the same inquiry.
    assert client.post(address, typed | {"step": "send"}).content == sent.content
    assert Inquiry.objects.count() == 1


def test_change_leads_back_to_the_form_with_everything_typed_and_without_complaint(client, keyring):
    address = form_address(client)
    typed = {
        "message": "hei",
        "name": "Sol",
        "reach": "phone",
        "phone": "90012345",
        "may_call": "yes",
        "if_other": "Hei",
    }
    answer = client.post(address, hidden_fields(client.post(address, typed)) | {"step": "change"})
    assert answer.status_code == 200
    page = parsed(answer)
    assert page.find(".//div[@role='alert']") is None
    assert page.find(".//main//textarea").text.strip() == "hei"
    assert {e.get("value") for e in page.iter("input") if "checked" in e.attrib} == {"phone", "yes"}
    assert 'value="90012345"' in text_of(answer)
    assert (
        next(f for f in page.iter("form") if f.get("method") == "post").get("action").replace("%3A", ":")
        in address
    )
    assert not Inquiry.objects.exists()


def test_what_is_wrong_is_said_also_when_a_sender_skips_the_check(client, keyring):
    for step in ("", "send", "nonsense"):
        assert client.post(form_address(client), {"step": step, "message": ""}).status_code == 422


def test_the_chosen_way_asks_for_the_number_or_address_it_needs(client):
    for way in ("phone", "email"):
        answer = client.post(form_address(client), {"message": "hei", "reach": way})
        assert answer.status_code == 422
        assert parsed(answer).find(".//div[@role='alert']//a").get("href") == f"#id_{way}"


# --- what is wrong -----------------------------------------------------------------------------


def test_an_error_is_summed_up_first_and_leads_to_its_field(client):
    answer = client.post(form_address(client), {"step": "send", "message": "", "name": "Sol", "may_call": "no"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(".//title").text.startswith("Feil: ")
    summary = page.find(".//div[@role='alert']")
    assert "autofocus" in summary.attrib
    assert summary.get("tabindex") == "-1"
    target = summary.find(".//a").get("href").removeprefix("#")
    assert page.find(f".//*[@id='{target}']").tag == "textarea"


def test_what_was_typed_is_kept(client):
    typed = {
        "message": " ",
        "name": "Sol <b>",
        "phone": "90012345",
        "email": "x",
        "may_call": "no",
        "when": "etter fire",
    }
    page = text_of(client.post(form_address(client), typed))
    for kept in ('value="Sol &lt;b&gt;"', 'value="90012345"', 'value="x"', 'value="no"', 'value="etter fire"'):
        assert kept in page
    assert page.count("checked") == 1


def test_the_form_s_token_stays_the_same_after_an_error(client, keyring):
    address = form_address(client)
    page = text_of(client.post(address, {"step": "send", "message": ""}))
    token = address.split("form=")[1]
    assert f'action="?form={token}"' in page.replace("%3A", ":")


@pytest.mark.parametrize("message", ["x" * 10_001, "før\x00etter"])
def test_too_long_and_nul_are_422_with_the_text_kept(client, message):
    answer = client.post(form_address(client), {"step": "send", "message": message})
    assert answer.status_code == 422
    assert message.replace("\x00", "") in text_of(answer)
    assert not Inquiry.objects.exists()


def test_invalid_utf8_is_replaced_and_taken(client, keyring):
    answer = client.post(
        form_address(client), b"step=send&message=h%FFei", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert Inquiry.objects.count() == 1


def test_a_body_with_too_many_fields_is_a_clear_4xx(client):
    answer = client.post(form_address(client), {f"f{n}": "x" for n in range(3500)})
    assert answer.status_code == 400


@pytest.mark.parametrize("token", [None, "forged"])
def test_a_missing_or_forged_token_costs_one_more_press_and_no_text(client, keyring, token):
    address = PATIENT if token is None else f"{PATIENT}?form={token}"
    answer = client.post(address, {"step": "send", "message": CANARY})
    assert answer.status_code == 422
    assert CANARY in text_of(answer)
    assert not Inquiry.objects.exists()
    action = parsed(answer).find(".//main//form").get("action")
    assert client.post(PATIENT + action, {"step": "send", "message": CANARY}).status_code == 200
    assert Inquiry.objects.count() == 1


def test_a_secret_that_was_changed_while_the_page_was_open_loses_nothing(client, keyring, settings):
    address = form_address(client)
    settings.SECRET_KEY = "changed" * 8
    assert client.post(address, {"step": "send", "message": CANARY}).status_code == 422


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": ""}]
)
def test_a_form_sent_by_another_site_sends_nothing_and_keeps_every_word(client, keyring, headers):
    answer = client.post(form_address(client), {"step": "send", "message": CANARY}, headers=headers)
    assert answer.status_code == 422
    assert not Inquiry.objects.exists()
    page = parsed(answer)
    assert "et annet nettsted" in "".join(page.find(".//div[@role='alert']").itertext())
    assert CANARY in page.find(".//main//textarea").text
    action = page.find(".//main//form").get("action")
    assert client.post(PATIENT + action, {"step": "send", "message": CANARY}).status_code == 200
    assert Inquiry.objects.count() == 1


def test_a_browser_that_sends_no_referrer_can_send(client, keyring):
    headers = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert (
        client.post(form_address(client), {"step": "send", "message": CANARY}, headers=headers).status_code == 200
    )
    assert Inquiry.objects.count() == 1


def test_a_csrf_checking_client_needs_no_cookie(keyring):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(form_address(strict), {"message": "x"}).status_code == 200


def test_an_identity_number_is_422_nothing_is_stored_and_the_text_is_kept_to_be_mended(client, keyring):
    for path in ("/kontakt/pasient/", "/kontakt/parorende/", REFERRER):
        address = form_address(client, path)
        answer = client.post(address, {"step": "send", "message": f"{CANARY} 578201 00192"})
        assert answer.status_code == 422
        page = parsed(answer)
        assert "fødselsnummer" in "".join(page.find(".//div[@role='alert']").itertext())
        assert CANARY in page.find(".//main//textarea").text
        assert not Inquiry.objects.exists()
    assert client.post(address, {"step": "send", "message": CANARY}).status_code == 200
    assert Inquiry.objects.get().role == "referrer"


# --- the referrer's form -----------------------------------------------------------------------


def test_referrers_read_that_they_may_only_ask_before_the_first_field_and_in_its_hint(client):
    page = text_of(client.get(form_address(client, "/en/contact/referrer/")))
    form = page[page.index('<form method="post"') :]
    warning, message = form.index("We cannot receive a referral here"), form.index("<textarea")
    assert warning < form.index("<label") < message
    hint = parsed(client.get(form_address(client, "/en/contact/referrer/"))).find(
        ".//p[@id='id_message_helptext']"
    )
    assert "one particular patient" in hint.text


def test_the_other_forms_do_not_speak_of_referrals(client):
    for path in ("/en/contact/patient/", "/en/contact/relative/"):
        assert "a referral here" not in text_of(client.get(form_address(client, path)))


def test_a_referrer_s_receipt_says_that_it_was_no_referral(client, keyring):
    said = "not a referral"
    for path, told in (("/en/contact/referrer/", True), ("/en/contact/patient/", False)):
        answer = client.post(form_address(client, path), {"step": "send", "message": "Whom do you treat?"})
        assert (said in text_of(answer)) == told


# --- the receipt -------------------------------------------------------------------------------


def test_the_receipt_shows_the_stored_reference_and_nothing_that_was_written(client, keyring):
    answer = client.post(form_address(client), {"step": "send", "message": CANARY, "name": "Solveig"})
    assert Inquiry.objects.get().reference in text_of(answer)
    assert CANARY not in text_of(answer)
    assert "Solveig" not in text_of(answer)


def test_a_reload_of_the_receipt_shows_the_same_receipt(client, keyring):
    address = form_address(client)
    first, second = (client.post(address, {"step": "send", "message": CANARY}) for _ in "ab")
    assert first.content == second.content
    assert Inquiry.objects.count() == 1


def test_an_hour_later_the_same_words_show_neither_code_nor_reference(client, keyring):
    address, sent = form_address(client), {"step": "send", "message": CANARY}
    client.post(address, sent)
    Inquiry.objects.update(received_at=timezone.now() - timedelta(hours=1))
    later = client.post(address, sent)
    assert later.status_code == 200
    assert "Vi har fått det du skrev" in text_of(later)
    assert Inquiry.objects.get().reference not in text_of(later)
    assert 'class="return-code"' not in text_of(later)


def test_a_filled_trap_gets_an_ordinary_receipt_and_is_stored(client, keyring):
    answer = client.post(form_address(client), {"step": "send", "message": "x", "website": "http://spam.example"})
    assert answer.status_code == 200
    inquiry = Inquiry.objects.get()
    assert inquiry.quarantined
    assert inquiry.reference in text_of(answer)


# --- when nothing can be stored ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_database_that_fails_is_503_with_the_text_and_the_phone(client, keyring, monkeypatch, caplog, language):
    path = next(path for path, code in ADDRESSES.items() if code == language)
    address = form_address(client, path)

    def locked(*_arguments, **_options):
        raise OperationalError(f"database is locked: {CANARY}")

    monkeypatch.setattr(views, "receive", locked)
    answer = client.post(address, {"step": "send", "message": CANARY, "phone": "90012345"})
    assert answer.status_code == 503
    assert CANARY in text_of(answer)
    assert 'href="tel:+4735019500"' in text_of(answer)
    assert f'lang="{language}"' in text_of(answer)
    assert CANARY not in caplog.text
    monkeypatch.undo()
    action = parsed(answer).find(".//main//form").get("action")
    assert client.post(path + action, {"step": "send", "message": CANARY, "phone": "90012345"}).status_code == 200


@pytest.mark.parametrize(("path", "says"), [
    (PATIENT, "Det er neppe din feil"), ("/nn/kontakt/pasient/", "Det er neppe din feil"),
    ("/en/contact/patient/", "That is hardly your fault"),
])  # fmt: skip
def test_a_network_that_sends_too_much_gets_429_with_the_text_and_the_phone(client, keyring, settings, path, says):
    settings.INQUIRIES_PER_HOUR = settings.SET_APART_PER_HOUR = 0
    answer = client.post(
        form_address(client, path), {"message": CANARY, "step": "send"}, REMOTE_ADDR="203.0.113.7"
    )
    assert answer.status_code == 429
    assert says in text_of(answer)
    assert CANARY in text_of(answer)
    assert "tel:" in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(("path", "says"), [
    (PATIENT, "kan ta lengre tid før vi leser den"), ("/nn/kontakt/pasient/", "kan ta lengre tid før vi les ho"),
    ("/en/contact/patient/", "we may read it later than others"),
])  # fmt: skip
def test_what_is_set_apart_gets_its_receipt_the_truth_about_it_and_the_phone(
    client, keyring, settings, path, says
):
    sent = {"message": CANARY, "step": "send"}
    assert says not in text_of(client.post(form_address(client, path), sent, REMOTE_ADDR="203.0.113.7"))
    settings.INQUIRIES_PER_HOUR = 0
    answer = client.post(form_address(client, path), sent, REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert settings.FALLBACK_PHONE in text_of(answer)
    assert Inquiry.objects.filter(set_apart=True).count() == 1


def test_the_503_page_asks_the_database_nothing(client, keyring, monkeypatch, django_assert_num_queries):
    address = form_address(client)

    def locked(*_arguments, **_options):
        raise OperationalError

    monkeypatch.setattr(views, "receive", locked)
    with django_assert_num_queries(0):
        assert client.post(address, {"step": "send", "message": "x"}).status_code == 503


def test_before_the_inbox_has_a_key_people_are_told_and_nothing_is_lost(client):
    InboxKey.objects.all().delete()
    answer = client.post(form_address(client), {"step": "send", "message": CANARY})
    assert answer.status_code == 503
    assert CANARY in text_of(answer)


def test_a_form_opened_from_an_old_address_starts_anew(client, keyring):
    """The same few words, sent again weeks later from a bookmark, are a new question and must not be lost."""
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        address = client.get(PATIENT)["Location"]
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"] != address


def test_a_form_that_was_open_for_days_is_still_taken(client, keyring):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        address = client.get(PATIENT)["Location"]
    assert client.post(address, {"step": "send", "message": "Ring meg"}).status_code == 200
    assert Inquiry.objects.count() == 1
