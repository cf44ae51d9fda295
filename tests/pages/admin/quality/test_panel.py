"""The quality panel judges what stands in the form, writes nothing, and is for those who may save it."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.models import Edition, FigureBlock, Page, StepBlock, WordException
from pages.quality.exceptions import give_reason, reasons_in_force
from tests.cast import logged_in
from tests.factories import clinic, draft, live
from tests.pages.admin.forms import Fields, form_of, new_block, new_text, press, save
from tests.pages.admin.undrawn_form import fields_of
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db
NEW = "/admin/pages/page/check/"


@pytest.fixture(autouse=True)
def site():
    clinic()


def check_of(page):
    return reverse("admin:pages_page_check", args=[page.pk])


def checked(client, page, **changes):
    """Return the panel's text for the form with these changes, which are not saved."""
    response = client.post(check_of(page), fields_of(client, page) | changes)
    assert response.status_code == 200
    return response.text


def places(text):
    """Return the id of the field that each finding leads to."""
    return re.findall(r'data-quality-field="([^"]+)"', text)


def rows():
    return {model.__name__: model._base_manager.count() for model in apps.get_models()}


def test_the_panel_shows_words_that_nobody_saved(editor_client):
    page = draft()
    text = checked(editor_client, page, title_nn="Hjelp til narkomanar")
    assert '<q lang="nn">narkomanar</q>' in text
    assert "id_title_nn" in places(text)
    assert "narkomanar" not in checked(editor_client, page)


def test_a_finding_leads_to_the_very_field_of_the_form(editor_client):
    page = draft()
    StepBlock.objects.create(parent=page, region="main", ordering=20, title_nb="Du ringer")
    field = "pages_stepblock_set-0-body_nb"
    text = checked(editor_client, page, **{field: '<p><a href="tel:116117">her</a></p>'})
    assert f"id_{field}" in places(text)
    assert f'id="id_{field}"' in editor_client.get(form_of(page)).text


def test_a_block_that_was_added_counts_and_one_that_is_taken_away_does_not(editor_client):
    page = draft(body="<p>Hjelp til narkomane.</p>")
    assert "narkomane" not in checked(editor_client, page, **{"pages_textblock_set-0-DELETE": "on"})
    text = checked(editor_client, page, **new_block("step", title_nb="For alle addicts", title_en="For addicts"))
    assert "id_pages_stepblock_set-0-title_en" in places(text)
    assert "id_pages_stepblock_set-0-title_nb" not in places(text)


def test_the_blocks_are_read_in_the_order_they_have_in_the_form(editor_client):
    page = draft(body="<h3>Liten</h3><p>Ord.</p>", languages=("nb",))
    large = new_text(1, body_nb="<h2>Stor</h2>", ordering="5")
    assert "Liten" in checked(editor_client, page)
    assert "Liten" not in checked(editor_client, page, **large)


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", '"><img src=x>', "<p>narkoman<b onclick=x>e</b></p>"]
)
def test_what_was_typed_is_never_markup_of_the_panel(editor_client, body):
    text = checked(
        editor_client, draft(), **{"pages_textblock_set-0-body_nb": body, "title_nb": f"narkoman {body}"}
    )
    assert "<script" not in text
    assert "<img" not in text
    assert "onclick" not in text


def test_checking_writes_nothing(editor_client):
    page = page_with_every_block()
    sent = fields_of(editor_client, page) | {"title_nb": "Noe annet om narkomane"}
    before = rows(), Page.objects.values().get(pk=page.pk)
    assert editor_client.post(check_of(page), sent).status_code == 200
    assert editor_client.post(NEW, sent).status_code == 200
    assert press(editor_client, form_of(page), sent | {"_check": "1"}).status_code == 200
    assert (rows(), Page.objects.values().get(pk=page.pk)) == before


def test_checking_asks_the_database_as_little_for_many_blocks_as_for_one(editor_client):
    page = draft()
    counts = []
    for _more in range(2):
        sent = fields_of(editor_client, page)
        with CaptureQueriesContext(connection) as asked:
            editor_client.post(check_of(page), sent)
        counts.append(len(asked))
        for number in range(8):
            StepBlock.objects.create(parent=page, region="main", ordering=20 + number, title_nb="Steg")
            draft(f"side-{number}")
    assert counts[0] == counts[1] < 10


@pytest.mark.parametrize("sent", [{}, {"title_nb": "x" * 5000}, {"pages_textblock_set-TOTAL_FORMS": "99999999"},
                                  {"pages_textblock_set-TOTAL_FORMS": "²", "kind": "nonsense"}])  # fmt: skip
def test_no_form_is_too_strange_to_be_checked(editor_client, sent):
    assert editor_client.post(NEW, sent).status_code == 200


def test_the_check_is_for_those_who_may_save_the_form(client, inquiry_client, editor_client):
    page = draft()
    for address in (check_of(page), NEW, reverse("admin:pages_page_words", args=[page.pk])):
        assert client.post(address).status_code == 302
        assert inquiry_client.post(address).status_code == 403
    assert editor_client.get(check_of(page)).status_code == 302
    assert editor_client.post(reverse("admin:pages_page_check", args=[99999])).status_code == 404


def test_whoever_may_only_read_pages_neither_checks_nor_gives_reasons(roleless):
    page = draft(body="<p>Narkomane.</p>")
    roleless.user_permissions.add(Permission.objects.get(codename="view_page"))
    reader = logged_in(roleless)
    for address in (check_of(page), NEW, words_of(page)):
        assert reader.post(address, {"nb:narkoman-reason": "Et sitat."}).status_code == 403
    assert reader.get(words_of(page)).status_code == 403
    assert not WordException.objects.exists()
    assert "data-quality" not in reader.get(form_of(page)).text


def test_without_javascript_a_button_checks_and_keeps_what_was_typed(editor_client):
    page = draft()
    sent = fields_of(editor_client, page) | {"title_nb": "Hjelp til narkomane", "_check": "1"}
    text = editor_client.post(form_of(page), sent).text
    assert "narkomane</q>" in text
    assert 'value="Hjelp til narkomane"' in text
    assert "data-unsaved" in text
    assert "errornote" not in text
    assert 'name="_check"' in text
    page.refresh_from_db()
    assert page.title_nb == "avrusning nb"


def test_the_button_still_shows_what_the_form_refuses(editor_client):
    page = draft()
    sent = fields_of(editor_client, page) | {"title_nb": "", "_check": "1"}
    assert "errornote" in editor_client.post(form_of(page), sent).text


def test_lix_never_stands_alone(editor_client):
    hard = "<p>Spesialisthelsetjenesten tilbyr rusbehandling gjennom behandlingsinstitusjoner.</p>" * 30
    text = checked(editor_client, draft(), **{"pages_textblock_set-0-body_nb": hard})
    assert "LIX" in text
    assert "behandlingsinstitusjoner" in text
    assert "<q" in text


# --- publishing ---------------------------------------------------------------------------------------
EMPTY_LINK = {"pages_textblock_set-0-body_nb": '<p>Ord <a href="tel:113">\u200b</a></p>'}


def test_a_hard_error_stops_a_publication_but_no_draft(editor_client):
    page = draft()
    assert "En lenke er uten ord." in checked(editor_client, page, **EMPTY_LINK)
    text = save(editor_client, page, button="_publish", **EMPTY_LINK).text
    assert "En lenke er uten ord." in text
    edition = page.editions.get()  # the draft is kept
    assert edition.live_from is None
    assert "\u200b" in edition.body[0]["body"]["nb"]


def test_a_hard_error_stops_a_schedule(editor_client):
    page = draft()
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"publish_at": f"{tomorrow:%Y-%m-%dT08:00}"}  # which the clocks never leave out
    text = save(editor_client, page, button="_schedule", **EMPTY_LINK, **when).text
    assert "En lenke er uten ord." in text
    assert page.editions.get().live_from is None
    save(editor_client, page, button="_schedule", **{"pages_textblock_set-0-body_nb": "<p>Ord.</p>"}, **when)
    assert page.editions.latest("pk").live_from


def test_a_picture_that_nobody_described_is_refused_whichever_way_the_page_is_published(editor):
    page = draft()
    FigureBlock.objects.create(parent=page, region="main", ordering=20, drawing="diamond")
    edition = save_draft(page, by=None)
    with pytest.raises(ValidationError):
        publish(edition, by=editor)
    with pytest.raises(ValidationError):
        schedule(edition, by=editor, at=timezone.now() + timedelta(days=1))


def test_a_hard_error_in_a_language_that_nobody_sees_stops_nothing(editor_client):
    page = draft(languages=("nb",))
    (html,) = EMPTY_LINK.values()
    save(editor_client, page, button="_publish", **{"pages_textblock_set-0-body_nn": html})
    assert page.editions.get().live_from


def test_advice_stops_nothing_and_a_word_is_asked_about(editor_client):
    page = draft()
    text = save(editor_client, page, button="_publish", title_nb="Hjelp til narkomane").text
    assert page.editions.get().live_from
    assert reverse("admin:pages_page_words", args=[page.pk]) in text
    assert "«narkoman»" in text


def test_a_page_that_is_live_is_answered_whatever_the_rules_say(client):
    page = live("alt", body="<p>Hjelp til narkomane.</p>")
    edition = page.editions.get()
    edition.body[0]["body"]["nb"] += '<p><a href="tel:113">.</a></p>'
    Edition.objects.filter(pk=edition.pk).update(body=edition.body)
    assert client.get("/alt-nb/").status_code == 200


# --- reasons ------------------------------------------------------------------------------------------
def words_of(page):
    return reverse("admin:pages_page_words", args=[page.pk])


@pytest.fixture
def page_about_words():
    return draft(body="<p>«Narkoman» er et ord som sårer.</p>", languages=("nb",))


def test_a_word_is_answered_with_a_reason_which_is_kept_with_the_name(editor_client, editor, page_about_words):
    assert "Narkoman" in checked(editor_client, page_about_words)
    answer = {"nb:narkoman-reason": "Siden forklarer hvorfor ordet sårer."}
    editor_client.post(words_of(page_about_words), answer)
    given = WordException.objects.get()
    assert (given.language, given.word, given.given_by) == ("nb", "narkoman", editor)
    panel = checked(editor_client, page_about_words)
    assert "Siden forklarer" in panel
    assert places(panel).count("id_pages_textblock_set-0-body_nb") == 0
    history = [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=str(page_about_words.pk))]
    assert any("narkoman" in message for message in history)


def test_an_accepted_word_is_not_asked_about_again_when_publishing(editor_client, page_about_words):
    editor_client.post(words_of(page_about_words), {"nb:narkoman-reason": "Et sitat."})
    said = save(editor_client, page_about_words, button="_publish").messages
    assert page_about_words.editions.latest("pk").live_from
    assert not any("narkoman" in str(message) for message in said)


def test_a_reason_can_be_taken_back_and_both_are_remembered(editor_client, page_about_words):
    editor_client.post(words_of(page_about_words), {"nb:narkoman-reason": "Et sitat."})
    editor_client.post(words_of(page_about_words), {"_revoke": "nb:narkoman"})
    kept = WordException.objects.get()
    assert kept.revoked_at
    assert kept.revoked_by.username == "astrid"
    assert "id_pages_textblock_set-0-body_nb" in places(checked(editor_client, page_about_words))
    assert LogEntry.objects.filter(object_id=str(page_about_words.pk)).count() == 2


@pytest.mark.parametrize("reason", ["", "   ", "…", "x" * 400])
def test_a_reason_has_words_and_is_short(editor_client, page_about_words, reason):
    refused = editor_client.post(words_of(page_about_words), {"nb:narkoman-reason": reason})
    assert ("data-unsaved" in refused.text) == bool(reason.strip())  # nothing written, nothing refused
    assert not WordException.objects.exists()


def test_a_reason_holds_for_one_page_and_one_language(editor_client, page_about_words):
    editor_client.post(words_of(page_about_words), {"nb:narkoman-reason": "Et sitat."})
    other = draft("annen", body="<p>Narkomane.</p>")
    text = checked(editor_client, other)
    assert "Et sitat." not in text
    assert "narkoman" in text.lower()
    assert 'lang="nn">Narkomane' in checked(editor_client, page_about_words, title_nn="Narkomane")


def test_a_word_that_is_not_saved_yet_can_be_answered_and_a_made_up_one_cannot(editor_client):
    page = draft()
    assert "nb:narkoman-reason" in editor_client.get(f"{words_of(page)}?word=nb:narkoman").text
    for made_up in ("nb:<script>", "xx:narkoman", "narkoman", "nb:hus"):
        assert "-reason" not in editor_client.get(words_of(page), {"word": made_up}).text


def test_a_second_reason_takes_the_place_of_the_first(editor, page_about_words):
    give_reason(page_about_words, "nb", "narkoman", "Et sitat.", by=editor)
    give_reason(page_about_words, "nb", "narkoman", "Et annet sitat.", by=editor)
    assert reasons_in_force(page_about_words)["nb", "narkoman"].reason == "Et annet sitat."
    assert WordException.objects.count() == 2


def test_a_form_that_was_only_checked_is_still_the_one_that_was_opened(editor_client):
    page = draft()
    save_draft(page, by=None)
    sent = fields_of(editor_client, page)
    checked = Fields("page_form")
    checked.feed(editor_client.post(form_of(page), sent | {"_check": "1"}).text)
    assert checked.data["opened_from"] == sent["opened_from"]
    editor_client.post(form_of(page), checked.data | {"title_nb": "Etter sjekken", "_continue": "1"})
    assert Page.objects.get(pk=page.pk).title_nb == "Etter sjekken"
