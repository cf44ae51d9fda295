"""What a save of the form does to the state of the translations, and where the state is shown."""

import pytest

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.publishing import save_draft
from pages.models import Page, PageTranslation
from tests.factories import clinic, draft, front
from tests.pages.admin.forms import form_of, new_page, new_text, save
from tests.queries import queries

pytestmark = pytest.mark.django_db
BODY = "pages_textblock_set-0-body_"


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


@pytest.fixture
def page(db):
    made = draft()
    save_draft(made, by=None, intent=TranslationIntent.ALL_CURRENT)
    return made


def states(page):
    return dict(PageTranslation.objects.filter(page=page).values_list("language", "state"))


def test_saving_without_a_change_changes_no_state(editor_client, page):
    save(editor_client, page)
    assert set(states(page).values()) == {"current"}


def test_a_new_page_is_current_in_what_was_written_with_it(editor_client):
    texts = {f"title_{code}": f"Ny {code}" for code in ("nb", "nn")}
    new_page(editor_client, **texts, **new_text(body_nb="<p>a</p>", body_nn="<p>b</p>"))
    assert states(Page.objects.get(title_nb="Ny nb")) == {"nb": "current", "nn": "current", "en": "missing"}


def test_a_changed_source_makes_the_translations_outdated_and_says_so(editor_client, page):
    response = save(editor_client, page, **{f"{BODY}nb": "<p>Kom inn.</p>"})
    assert states(page) == {"nb": "current", "nn": "outdated", "en": "outdated"}
    assert "nynorsk, engelsk" in str([str(message) for message in response.messages])


def test_the_tick_for_a_minor_edit_keeps_them_and_is_not_remembered(editor_client, page):
    response = save(editor_client, page, translations_hold="on", **{f"{BODY}nb": "<p>Velkommen inn!</p>"})
    assert set(states(page).values()) == {"current"}
    assert "checked" not in response.text.split('name="translations_hold"')[1].split(">")[0]


def test_the_tick_holds_when_publishing_too(editor_client, page):
    save(editor_client, page, button="_publish", translations_hold="on", title_nb="Avrusning!")
    assert set(states(page).values()) == {"current"}


def test_a_translation_written_in_the_form_is_current(editor_client, page):
    save(editor_client, page, title_nb="Ny")
    save(editor_client, page, title_nn="Ny, du")
    assert states(page) == {"nb": "current", "nn": "current", "en": "outdated"}


def test_the_form_says_how_the_languages_stand_and_leads_to_them(editor_client, page):
    save(editor_client, page, title_nb="Ny")
    answer = editor_client.get(form_of(page))
    assert [one.state for one in answer.context["language_states"]] == ["current", "outdated", "outdated"]
    assert f"/admin/pages/page/{page.pk}/translate/nn/" in answer.text


def test_the_list_says_which_languages_to_look_through(editor_client, page):
    save(editor_client, page, title_nb="Ny", title_nn="Ny, du")
    text = editor_client.get("/admin/pages/page/").text
    assert "bokmål, nynorsk, engelsk (må ses over)" in text


def test_the_form_asks_as_many_questions_for_many_pages_as_for_few(editor_client, page):
    queries(editor_client, form_of(page))
    few = queries(editor_client, form_of(page))
    for number in range(6):
        save_draft(draft(f"side-{number}"), by=None)
    assert queries(editor_client, form_of(page)) == few
