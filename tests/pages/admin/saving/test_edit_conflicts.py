"""Two editors in one form: nothing is lost, and neither overwrites what they have not seen."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from pages.admin.dialogs import page_number
from pages.admin.saving.edit_conflicts import checked_edit
from pages.editions.publishing import publish, save_draft
from pages.models import FormOpening, Page, TextBlock
from tests import kept_rows
from tests.cast import logged_in
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import Fields, form_of, new_text, opened, press, save
from tests.pages.admin.undrawn_form import fields_of

pytestmark = pytest.mark.django_db
TEXT = "pages_textblock_set-0-body_nb"


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


@pytest.fixture
def page():
    def make():
        made = live()
        TextBlock.objects.create(parent=made, region="main", ordering=20, body_nb="<p>Nederst</p>")
        save_draft(made, by=None)

    kept_rows.put("a page of two texts", make)
    return Page.objects.get(slug_nb="avrusning-nb")


@pytest.fixture
def colleague(administrator):
    return logged_in(administrator)


def form_in(response):
    fields = Fields("page_form")
    fields.feed(response.text)
    return {name: value for name, value in fields.data.items() if "__prefix__" not in name}


def post(client, page, data, button="_continue"):
    answer = press(client, form_of(page), data | {button: "1"})
    return answer if answer.is_undrawn else answer.first


def bodies(page):
    return [block["body"].get("nb") for block in page.editions.first().body]


@pytest.mark.parametrize("button", ["_continue", "_publish"])
def test_the_second_save_is_refused_keeps_what_was_typed_and_shows_what_the_first_changed(
    editor_client, colleague, page, button
):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>", "lead_nn": "Min ingress"}
    save(colleague, page, **{TEXT: "<p>Kollegaens ord</p>"})
    count = page.editions.count()
    response = post(editor_client, page, mine, button)
    assert response.status_code == 409
    assert response.text.count("data-unsaved") == 1
    assert page.editions.count() == count
    assert Page.objects.get(pk=page.pk).lead_nn in ("", None)
    kept = form_in(response)
    assert (kept[TEXT], kept["lead_nn"]) == ("<p>Mine ord</p>", "Min ingress")
    assert "kari" in response.context["conflict"].sentence()
    assert "Kollegaens ord" in re.sub(r"<[^>]+>", "", response.text)
    assert "Min ingress" not in str(response.context["conflict"].changes())


def test_saving_again_knowingly_goes_through(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, **{TEXT: "<p>Kollegaens ord</p>"})
    again = post(editor_client, page, form_in(post(editor_client, page, mine)))
    assert again.status_code == 302
    assert bodies(page) == ["<p>Mine ord</p>", "<p>Nederst</p>"]


def test_a_third_save_in_between_is_refused_again(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, title_nb="Én")
    again = form_in(post(editor_client, page, mine))
    save(colleague, page, title_nb="To")
    assert post(editor_client, page, again).status_code == 409


def test_a_block_that_the_colleague_took_away_comes_back_with_what_was_typed_in_it(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, **{"pages_textblock_set-0-DELETE": "on"})
    assert bodies(page) == ["<p>Nederst</p>"]
    refused = post(editor_client, page, mine)
    assert "Mine ord" in refused.text
    assert post(editor_client, page, form_in(refused)).status_code == 302
    assert bodies(page) == ["<p>Mine ord</p>", "<p>Nederst</p>"]


def test_a_block_that_the_colleague_added_stays(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, **new_text(2, body_nb="<p>Kollegaens nye</p>"))
    refused = post(editor_client, page, mine)
    assert "Kollegaens nye" in refused.text
    post(editor_client, page, form_in(refused))
    assert sorted(bodies(page)) == ["<p>Kollegaens nye</p>", "<p>Mine ord</p>", "<p>Nederst</p>"]


def test_a_double_click_saves_once_without_an_error(editor_client, page):
    sent = fields_of(editor_client, page) | new_text(2, body_nb="<p>Ny</p>")
    count = page.editions.count()
    assert [post(editor_client, page, sent).status_code for _click in range(2)] == [302, 302]
    assert page.editions.count() == count + 1
    assert bodies(page).count("<p>Ny</p>") == 1


def test_another_save_from_the_same_old_form_is_refused_as_one_s_own(editor_client, page):
    sent = fields_of(editor_client, page)
    post(editor_client, page, sent | {TEXT: "<p>Én</p>"})
    response = post(editor_client, page, sent | {TEXT: "<p>To</p>"})
    assert response.status_code == 409
    assert response.context["conflict"].own


def test_a_form_that_cannot_say_what_it_was_opened_from_is_refused(editor_client, editor, page, rf):
    data = fields_of(editor_client, page)
    for sent in ("", "9" * 40, "٣", "-1"):
        request = rf.post(form_of(page), data | {"opened_from": sent})
        request.user = editor
        assert checked_edit(request, page).conflict.changes() == [], sent
    response = post(editor_client, page, data | {"opened_from": "x"})
    assert response.status_code == 409
    assert response.context["conflict"].changes() == []


def test_every_spelling_of_a_page_s_number_is_guarded(editor_client, colleague, page):
    data = fields_of(editor_client, page) | {"_continue": "1"}
    save(colleague, page, title_nb="Én")
    assert {page_number(spelling) for spelling in (f"00{page.pk}", f" {page.pk}", f"+{page.pk}")} == {page.pk}
    assert editor_client.post(f"/admin/pages/page/%20{page.pk}/change/", data).status_code == 409


def test_a_page_without_any_edition_is_saved_as_before(editor_client):
    page = draft()
    assert post(editor_client, page, fields_of(editor_client, page)).status_code == 302


def test_publishing_or_taking_down_in_between_is_no_new_text_and_refuses_nothing(editor_client, page):
    data = fields_of(editor_client, page)
    publish(page.editions.first(), by=None)
    assert post(editor_client, page, data).status_code == 302


def test_the_form_says_who_had_it_open_lately_and_forgets_after_a_while(editor_client, colleague, page):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        opened(colleague, page)
        assert opened(editor_client, page).context["colleagues"][0]["now"]
    with time_machine.travel(start + timedelta(minutes=3), tick=False):
        response = opened(editor_client, page)
        assert [other["name"] for other in response.context["colleagues"]] == ["kari"]
        assert "kari" in response.text
        assert response.context["colleagues"][0]["at"] == start
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert opened(editor_client, page).context["colleagues"] == []
    with time_machine.travel(start + timedelta(minutes=61), tick=False):
        opened(editor_client, page)
        assert [row.person.username for row in FormOpening.objects.all()] == ["astrid"]


def test_what_is_written_down_about_an_opened_form_holds_nothing_that_was_typed(editor_client, page):
    save(editor_client, page, title_nb="Kanarifugl")
    assert "Kanarifugl" not in str(FormOpening.objects.values())
    assert opened(editor_client, page).context["colleagues"] == []


LOWER = "pages_textblock_set-1-body_nb"


def test_changes_in_different_blocks_and_fields_are_both_kept(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>", "lead_nb": "Min ingress"}
    save(colleague, page, **{LOWER: "<p>Kollegaens ord</p>", "title_nb": "Kollegaens tittel", "in_footer": "on"})
    refused = post(editor_client, page, mine)
    assert refused.context["conflict"].clashes == []
    assert post(editor_client, page, form_in(refused)).status_code == 302
    assert bodies(page) == ["<p>Mine ord</p>", "<p>Kollegaens ord</p>"]
    head = page.editions.first().head
    assert (head["title"]["nb"], head["lead"]["nb"]) == ("Kollegaens tittel", "Min ingress")
    assert head["in_footer"]


def test_two_languages_of_one_text_are_both_kept(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {"pages_textblock_set-0-body_nn": "<p>Mine ord</p>"}
    save(colleague, page, **{TEXT: "<p>Kollegaens ord</p>"})
    post(editor_client, page, form_in(post(editor_client, page, mine)))
    body = page.editions.first().body[0]["body"]
    assert (body["nb"], body["nn"]) == ("<p>Kollegaens ord</p>", "<p>Mine ord</p>")


def test_a_block_that_the_colleague_took_away_stays_away_when_nothing_was_typed_in_it(
    editor_client, colleague, page
):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, **{"pages_textblock_set-1-DELETE": "on"})
    post(editor_client, page, form_in(post(editor_client, page, mine)))
    assert bodies(page) == ["<p>Mine ord</p>"]


def test_a_block_that_the_editor_took_away_stays_away_and_what_the_colleague_wrote_in_it_is_asked_about(
    editor_client, colleague, page
):
    mine = fields_of(editor_client, page) | {"pages_textblock_set-0-DELETE": "on"}
    save(colleague, page, **{LOWER: "<p>Kollegaens ord</p>"})
    post(editor_client, page, form_in(post(editor_client, page, mine)))
    assert bodies(page) == ["<p>Kollegaens ord</p>"]
    mine = fields_of(editor_client, page) | {"pages_textblock_set-0-DELETE": "on"}
    save(colleague, page, **{TEXT: "<p>Nye ord</p>"})
    refused = post(editor_client, page, mine)
    assert "Nye ord" in str(refused.context["conflict"].clash_sentences())


def test_new_blocks_of_both_stand_where_each_was_put(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | new_text(2, body_nb="<p>Min nye</p>", ordering="5")
    save(colleague, page, **new_text(2, body_nb="<p>Kollegaens nye</p>", ordering="15"))
    before = bodies(page)
    refused = post(editor_client, page, mine)
    assert "<p>Kollegaens nye</p>" in form_in(refused).values()
    post(editor_client, page, form_in(refused))
    assert bodies(page) == ["<p>Min nye</p>", *before]


def test_another_order_of_the_blocks_is_kept_beside_what_was_typed(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>"}
    save(colleague, page, **{"pages_textblock_set-0-ordering": "90"})
    post(editor_client, page, form_in(post(editor_client, page, mine)))
    assert bodies(page) == ["<p>Nederst</p>", "<p>Mine ord</p>"]


def test_the_same_text_changed_by_both_is_shown_where_it_differs(editor_client, colleague, page):
    start = "Vi møter deg med varme og respekt, uansett hvor du er i livet, og vi har god tid til deg. "
    mine = fields_of(editor_client, page) | {TEXT: f"<p>{start}Ring mandag.</p>", "lead_nb": "Min ingress"}
    save(colleague, page, **{TEXT: f"<p>{start}Ring tirsdag.</p>", "title_nb": "Kollegaens tittel"})
    refused = post(editor_client, page, mine)
    (said,) = refused.context["conflict"].clash_sentences()
    assert "Ring mandag." in said
    assert "Ring tirsdag." in said
    assert escape(said) in refused.text
    assert "Vi møter deg med" not in said
    kept = form_in(refused)
    assert (kept[TEXT], kept["title_nb"]) == (f"<p>{start}Ring mandag.</p>", "Kollegaens tittel")


def test_a_form_that_cannot_be_saved_yet_is_merged_when_it_can(editor_client, colleague, page):
    mine = fields_of(editor_client, page) | {TEXT: "<p>Mine ord</p>", "title_nb": "x" * 300}
    save(colleague, page, **{LOWER: "<p>Kollegaens ord</p>"})
    kept = form_in(post(editor_client, page, mine))
    assert kept["title_nb"] == "x" * 300
    merged = form_in(post(editor_client, page, kept | {"title_nb": "Kort"}))
    assert (merged[TEXT], merged[LOWER]) == ("<p>Mine ord</p>", "<p>Kollegaens ord</p>")
    assert post(editor_client, page, merged).status_code == 302
