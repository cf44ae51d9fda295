"""Reply templates: inserted into a reply, never replacing it, and never sent with a place left to fill in."""

import pytest
from django.core.exceptions import ValidationError

from contact.admin.wording.template_choices import append_text
from contact.models import Inquiry, Message, ReplyTemplate
from contact.placeholders import placeholders_in
from contact.sender import thread
from contact.starter.reply_templates import load_reply_templates
from tests.contact.admin.case.test_replies import hidden, page_of, send, text_of

pytestmark = pytest.mark.django_db
SECTION = "/admin/contact/replytemplate/"
TEXT = "Vi ringer deg [[dag og klokkeslett]]."


@pytest.fixture
def template(db):
    return ReplyTemplate.objects.create(name="Vi ringer", text_nb=TEXT, text_nn="Vi ringjer deg.")


def choose(client, inquiry, template, language="nb", **typed):
    data = {"template": f"{template.pk}-{language}"} | typed
    return client.post(page_of(inquiry, "template"), data)


def reply_in(answer):
    return text_of(answer).split('name="reply-text"')[1].split("</textarea>")[0].split(">", 1)[1].strip()


def test_a_word_of_a_megabyte_is_searched_once_and_not_from_each_of_its_letters():
    assert placeholders_in("x" * 900_000 + " dag]] [[time]] og dag]]") == ["dag]]", "[[time]]"]


# --- choosing ----------------------------------------------------------------------------------


def test_a_chosen_text_stands_in_the_reply_and_nothing_is_sent_or_stored(inquiry_client, inquiry, template):
    answer = choose(inquiry_client, inquiry, template)
    assert answer.status_code == 200
    assert reply_in(answer) == TEXT
    assert not Message.objects.exists()


def test_what_was_typed_stays_and_the_text_comes_below_it_once(inquiry_client, inquiry, template):
    typed = {"reply-text": "Hei Sol\r\nså fint", "note-text": "husk dette", "close-journal": "recorded"}
    answer = choose(inquiry_client, inquiry, template, **typed)
    assert reply_in(answer) == f"Hei Sol\nså fint\n\n{TEXT}"
    assert "husk dette" in text_of(answer)
    again = choose(inquiry_client, inquiry, template, **{"reply-text": reply_in(answer)})
    assert reply_in(again).count("Vi ringer deg") == 1


def test_the_inquiry_s_language_comes_first_and_a_text_that_lacks_it_says_so(inquiry_client, inquiry, template):
    Inquiry.objects.update(language="en")
    page = text_of(inquiry_client.get(page_of(inquiry)))
    groups = page.split('<optgroup label="')[1:]
    assert [group.split('"')[0] for group in groups] == ["Engelsk", "Bokmål", "Nynorsk"]
    assert "Vi ringer (bare på bokmål)" in groups[0]
    assert "oversett før du sender" in text_of(choose(inquiry_client, inquiry, template))
    Inquiry.objects.update(language="nb")
    assert "oversett før du sender" not in text_of(choose(inquiry_client, inquiry, template))


@pytest.mark.parametrize("value", ["", "x", "999-nb", "-", "1-en"])
def test_a_choice_of_nothing_is_said_and_keeps_what_was_typed(inquiry_client, inquiry, template, value):
    answer = inquiry_client.post(page_of(inquiry, "template"), {"template": value, "reply-text": "Hei Sol"})
    assert answer.status_code == 422
    assert "Velg en svarmal først" in text_of(answer)
    assert reply_in(answer) == "Hei Sol"


def test_only_what_is_in_use_and_for_this_sender_can_be_chosen(inquiry_client, inquiry, template):
    ReplyTemplate.objects.create(name="Til henviser", role="referrer", text_nb="x")
    assert "Til henviser" not in text_of(inquiry_client.get(page_of(inquiry)))
    ReplyTemplate.objects.update(in_use=False)
    assert "Vi ringer" not in text_of(inquiry_client.get(page_of(inquiry)))
    assert choose(inquiry_client, inquiry, template).status_code == 422


# --- places to fill in -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [TEXT, "Vi ringer [[dag og klokkeslett", "Vi ringer klokkeslett]] i morgen", "[[]]", "[[a] b"]
)
def test_a_reply_with_a_place_left_open_is_not_sent_and_all_that_was_typed_stays(inquiry_client, inquiry, text):
    refused = send(inquiry_client, inquiry, text, **{"note-text": "husk dette"})
    assert refused.status_code == 422
    assert reply_in(refused) == text
    assert "husk dette" in text_of(refused)
    assert f"ta det bort: {placeholders_in(text)[0]}" in text_of(refused)
    assert not Message.objects.exists()


def test_a_reply_that_is_filled_in_is_sent(inquiry_client, receipt, inquiry):
    assert send(inquiry_client, inquiry, "Vi ringer deg torsdag kl. 10 [eller litt før].").status_code == 302
    assert thread.open_thread(receipt.code).has_reply


def test_a_later_change_of_the_template_changes_no_reply(inquiry_client, receipt, inquiry, template):
    send(inquiry_client, inquiry, "Vi ringjer deg.")
    ReplyTemplate.objects.update(text_nn="Noko heilt anna")
    assert thread.open_thread(receipt.code).entries[1].text == "Vi ringjer deg."


def test_a_text_with_single_brackets_or_an_identity_number_or_no_text_at_all_is_no_template():
    for texts in ({"text_nb": "Ring [dag]"}, {"text_nb": "[[dag]"}, {"text_en": "578201 00192"}, {}):
        with pytest.raises(ValidationError):
            ReplyTemplate(name="x", **texts).full_clean()


# --- who writes them ---------------------------------------------------------------------------


def test_those_who_answer_write_templates_and_editors_do_not_see_them(
    inquiry_client, editor_client, roleless, client, template
):
    data = {"name": "Ny", "text_nb": "Hei [[navn]]", "position": 5, "in_use": "on"}
    assert inquiry_client.post(f"{SECTION}add/", data).status_code == 302
    assert ReplyTemplate.objects.filter(name="Ny").exists()
    client.force_login(roleless)
    row, bad = f"{template.pk}/", "?name__regex=x"
    for address in ("", "add/", f"{row}change/", f"{row}history/", "9999/change/", bad):
        assert editor_client.get(SECTION + address).status_code == 403
        assert client.get(SECTION + address).status_code == 403
        assert editor_client.post(SECTION + address, data).status_code == 403
    assert inquiry_client.post(f"{SECTION}{template.pk}/delete/", {"post": "yes"}).status_code == 403
    assert inquiry_client.get(f"{SECTION}?name__regex=x").status_code == 400
    assert inquiry_client.get(f"{SECTION}?in_use__exact=1").status_code == 200


# --- the ones a new site begins with -----------------------------------------------------------


def test_the_starter_texts_are_in_three_languages_and_stay_as_staff_leave_them():
    assert len(load_reply_templates()) >= 6
    for row in ReplyTemplate.objects.all():
        row.full_clean()
        assert set(row.texts()) == {"nb", "nn", "en"}, row
        # The same number of places to fill in, and at least one, in each language.
        counts = {len(placeholders_in(text)) for text in row.texts().values()}
        assert len(counts) == 1, row
        assert counts != {0}, row
    ReplyTemplate.objects.filter(starter="we_ring").update(text_nb="Vårt eget", in_use=False, name="Vårt")
    assert load_reply_templates() == []
    assert ReplyTemplate.objects.get(starter="we_ring").text_nb == "Vårt eget"


def test_a_starter_text_never_takes_a_name_that_staff_use_already():
    ReplyTemplate.objects.create(name="Vi ringer deg", text_nb="Vårt eget")
    load_reply_templates()
    assert ReplyTemplate.objects.get(name="Vi ringer deg").text_nb == "Vårt eget"


def test_a_note_that_is_stored_loses_no_reply_that_is_being_written(inquiry_client, inquiry):
    page = text_of(inquiry_client.get(page_of(inquiry)))
    data = {
        "note-text": "Ringt", "note-form": hidden(page, "note-form"),
        "reply-text": "Hei Sol", "reply-form": hidden(page, "reply-form"),
        "reply-seen": hidden(page, "reply-seen"),
    }  # fmt: skip
    kept = inquiry_client.post(page_of(inquiry, "note"), data)
    assert kept.status_code == 200
    assert "Notatet er lagret" in text_of(kept)
    assert reply_in(kept) == "Hei Sol"
    assert send(inquiry_client, inquiry, "Hei Sol", text_of(kept)).status_code == 302
    assert Message.objects.count() == 2


def test_a_text_is_added_although_its_words_stand_inside_what_was_typed():
    assert append_text("Hilsen oss alle her.", "Hilsen oss") == "Hilsen oss alle her.\n\nHilsen oss"
    for typed in ("Hilsen oss", "Hei\r\n\r\nHilsen oss\r\n", "Hilsen oss\n\nPS: ring"):
        assert append_text(typed, "Hilsen oss") == typed.replace("\r\n", "\n")
