"""Replace an address or a number everywhere: every place is shown first, and only what was ticked is done."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.diff.translation_pairs import pairs_in
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.editions.snapshot import snapshot
from pages.editions.translation_progress import confirm
from pages.models import Edition, Page, PageTranslation, ResourceLinkBlock, StepBlock, TextBlock
from tests.cast import logged_in
from tests.factories import LANGUAGES, claim, clinic, draft, live
from tests.pages.admin.forms import form_of, press, save
from tests.pages.admin.undrawn_form import fields_of
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db
REPLACE = "/admin/pages/page/replace/"
OLD, NEW = "35 01 95 00", "35 01 95 99"
BODY = '<p>Ring <a href="tel:+4735019500">35 01 95 00</a> hele døgnet.</p>'
ASKED = {"old": OLD, "new": NEW, "links": "on", "text": "on"}


def look(client, **fields):
    return client.post(REPLACE, ASKED | fields | {"_find": "1"})


def found(client, **fields):
    return {str(one.page): one for one in look(client, **fields).context["pages"]}


def ticks(client, *pages, **fields):
    shown = found(client, **fields).values()
    return [f"{one.page.pk}:{one.digest}" for one in shown if not pages or one.page in pages]


def do(client, *pages, sent=None, **fields):
    sent = ticks(client, *pages, **fields) if sent is None else sent
    answer = client.post(REPLACE, ASKED | fields | {"_replace": "1", "page": sent})
    return {str(one.page): one for one in answer.context["outcomes"]}


def body(page, language="nb"):
    return getattr(TextBlock.objects.get(parent=page), f"body_{language}")


def live_body(page):
    return Edition.objects.live(at=timezone.now()).get(page=page).body[0]["body"]["nb"]


def test_looking_shows_each_place_and_changes_nothing(editor_client):
    page = live(body=BODY, languages=("nb", "nn"))
    (one,) = found(editor_client).values()
    assert [(occurrence.language, occurrence.in_link) for occurrence in one.occurrences] == [
        ("bokmål", True), ("bokmål", False), ("nynorsk", True), ("nynorsk", False),
    ]  # fmt: skip
    text = look(editor_client).text
    assert "Ring <del>35 01 95 00</del> hele døgnet." in text
    assert "Ring <ins>35 01 95 99</ins> hele døgnet." in text
    assert "<del>tel:+4735019500</del>" in text
    assert (body(page), page.editions.count()) == (BODY, 1)


def test_the_ticked_pages_become_drafts_with_a_note_and_visitors_see_no_difference(editor_client, editor):
    first, second = live("en", body=BODY), live("to", body=BODY)
    done = do(editor_client, first)
    assert list(done) == ["en nb"]
    for language in LANGUAGES:
        assert body(first, language) == BODY.replace("00", "99")
    newest = first.editions.latest("pk")
    assert (newest.saved_by, newest.live_from) == (editor, None)
    assert OLD in newest.note
    assert NEW in newest.note
    assert (body(second), second.editions.count()) == (BODY, 1)
    assert live_body(first) == BODY
    answer = editor_client.post(REPLACE, ASKED | {"_replace": "1", "page": ticks(editor_client)})
    assert "Besøkende ser det gamle" in answer.text


def test_every_kind_of_block_and_the_pages_own_words_are_searched_and_the_rest_stays(editor_client):
    clinic()
    page = page_with_every_block(body=BODY)
    StepBlock.objects.filter(parent=page).update(title_nn=f"Ring {OLD}")
    Page.objects.filter(pk=page.pk).update(lead_en="Call 35019500.", title_nb=f"Ring {OLD}")
    before = save_draft(Page.objects.get(pk=page.pk), by=None)
    do(editor_client)
    after = page.editions.latest("pk")
    written = {edition: json.dumps([edition.head, edition.body], sort_keys=True) for edition in (before, after)}
    restored = written[after].replace("35 01 95 99", "35 01 95 00").replace("019599", "019500")
    assert restored == written[before].replace("Call 35019500.", "Call 35 01 95 00.")
    assert OLD not in written[after]
    assert "35019500" not in written[after]


def test_only_links_or_only_words_can_be_chosen(editor_client):
    page = live(body=BODY, languages=("nb",))
    do(editor_client, text="")
    assert body(page) == BODY.replace("+4735019500", "+4735019599")
    do(editor_client, links="")
    assert body(page) == BODY.replace("00", "99")


def test_a_source_block_gets_the_new_web_address(editor_client):
    page = live(languages=("nb",))
    block = ResourceLinkBlock.objects.create(
        parent=page, region="main", ordering=20, url="https://old.no/a", publisher="X", title_nb="X"
    )
    do(editor_client, old="https://old.no/a", new="https://ny.no/b")
    block.refresh_from_db()
    assert block.url == "https://ny.no/b"


def test_a_translation_stands_as_it_stood(editor_client):
    page = live(body=BODY, languages=("nb", "nn"))
    for code in ("nn", "en"):
        confirm(page, code, pairs_in(*snapshot(page), code))
    Page.objects.filter(pk=page.pk).update(title_nb="Ny tittel")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    before = {row.language: row.state for row in PageTranslation.objects.filter(page=page)}
    (left,) = PageTranslation.objects.get(page=page, language="nn").open_pairs()
    do(editor_client)
    after = PageTranslation.objects.get(page=page, language="nn")
    assert {row.language: row.state for row in PageTranslation.objects.filter(page=page)} == before
    assert after.open_pairs() == [left]  # the number was changed in both; the title is still to be translated


def test_a_deleted_page_is_not_searched(editor_client):
    Page.objects.filter(pk=live(body=BODY).pk).update(deleted_at=timezone.now())
    assert found(editor_client) == {}


def test_a_page_changed_after_the_preview_is_refused_and_its_colleagues_words_stay(editor_client):
    page = live(body=BODY, languages=("nb",))
    other = live("to", body=BODY, languages=("nb",))
    sent = ticks(editor_client)
    theirs = '<p>Ring <a href="tel:+4735019500">35 01 95 00</a> på dagtid.</p>'
    TextBlock.objects.filter(parent=page).update(body_nb=theirs)
    done = do(editor_client, sent=sent)
    assert (done["avrusning nb"].saved, done["to nb"].saved) == (False, True)
    assert body(page) == theirs
    assert body(other) == BODY.replace("00", "99")


def test_a_page_deleted_after_the_preview_is_left_alone_and_said(editor_client):
    page = live(body=BODY)
    sent = ticks(editor_client)
    Page.objects.filter(pk=page.pk).update(deleted_at=timezone.now())
    assert do(editor_client, sent=sent)["avrusning nb"].problems == ["Siden er slettet."]
    assert (body(page), page.editions.count()) == (BODY, 1)


def test_a_number_from_abroad_is_found_in_both_spellings(editor_client):
    live(languages=("nb",), body="<p>+46 8 123 456 78 eller 0046 8 12345678, ikke 08 123 456 78</p>")
    (one,) = found(editor_client, old="+46812345678").values()
    assert [occurrence.change.old for occurrence in one.occurrences] == ["+46 8 123 456 78", "0046 8 12345678"]


def test_more_pages_than_fit_are_counted_and_come_next_time(editor_client, monkeypatch):
    monkeypatch.setattr("pages.admin.links.occurrence_list.MOST_PAGES", 2)
    for slug in ("en", "to", "tre"):
        live(slug, body=BODY)
    answer = look(editor_client)
    assert (len(answer.context["pages"]), answer.context["more"]) == (2, 1)
    do(editor_client)
    assert list(found(editor_client)) == ["tre nb"]


def test_the_list_of_pages_leads_there(editor_client):
    assert REPLACE in editor_client.get("/admin/pages/page/").text


def test_sending_the_same_answer_twice_does_it_once(editor_client):
    page = live(body=BODY)
    sent = ticks(editor_client)
    do(editor_client, sent=sent)
    assert do(editor_client, sent=sent)["avrusning nb"].saved is False
    assert page.editions.count() == 2


def test_a_form_that_a_colleague_has_open_is_refused_afterwards(editor_client):
    page = live(body=BODY)
    opened = fields_of(editor_client, page)
    do(editor_client)
    assert press(editor_client, form_of(page), opened | {"_continue": "1"}).status_code == 409
    assert body(page) == BODY.replace("00", "99")


# --- publishing --------------------------------------------------------------------------------------
def test_a_page_whose_form_says_what_visitors_see_can_be_published_at_once(editor_client):
    page = live(body=BODY)
    done = do(editor_client, publish="on")
    assert done["avrusning nb"].published
    assert live_body(page) == BODY.replace("00", "99")


def test_a_half_written_draft_is_never_published_along_with_it(editor_client):
    page = live(body=BODY)
    Page.objects.filter(pk=page.pk).update(lead_nb="Halvferdig")
    save_draft(Page.objects.get(pk=page.pk), by=None)
    done = do(editor_client, publish="on")["avrusning nb"]
    assert (done.saved, done.published) == (True, False)
    assert done.problems
    assert live_body(page) == BODY
    assert body(page) == BODY.replace("00", "99")


def test_words_that_were_never_saved_as_an_edition_are_not_published_either(editor_client):
    page = live(body=BODY)
    Page.objects.filter(pk=page.pk).update(lead_nb="Skrevet av en kommando")
    assert not do(editor_client, publish="on")["avrusning nb"].published


def test_a_page_that_is_not_live_stays_so(editor_client):
    page = draft(body=BODY)
    save_draft(page, by=None)
    done = do(editor_client, publish="on")["avrusning nb"]
    assert (done.saved, done.published) == (True, False)
    assert not Edition.objects.live(at=timezone.now()).exists()


def test_what_publishing_refuses_is_said_and_the_draft_is_kept(editor_client, settings):
    settings.CLINICAL_GATE = True
    page = live(body=BODY)
    Page.objects.filter(pk=page.pk).update(clinical=True)
    Edition.objects.filter(page=page).delete()
    made = save_draft(Page.objects.get(pk=page.pk), by=None)
    Edition.objects.filter(pk=made.pk).update(live_from=timezone.now() - timedelta(hours=1))
    done = do(editor_client, publish="on")["avrusning nb"]
    assert (done.saved, done.published) == (True, False)
    assert done.problems
    assert body(page) == BODY.replace("00", "99")


def test_an_edition_that_waits_with_the_old_number_is_a_warning_and_stops_publishing(editor_client):
    page = live(body=BODY)
    schedule(save_draft(page, by=None), by=None, at=timezone.now() + timedelta(days=1))
    assert [edition.page for edition in look(editor_client).context["waiting"]] == [page]
    done = do(editor_client, publish="on")["avrusning nb"]
    assert (done.saved, done.published) == (True, False)
    assert live_body(page) == BODY


def test_without_the_right_to_publish_it_only_becomes_a_draft(editor_client, editor):
    page = live(body=BODY)
    editor.groups.get().permissions.remove(Permission.objects.get(codename="publish_page"))
    assert 'name="publish"' not in look(editor_client).text
    assert do(editor_client, publish="on")["avrusning nb"].saved
    assert live_body(page) == BODY


# --- what is refused, and what is only named -----------------------------------------------------------
def test_a_field_that_would_become_too_long_leaves_the_whole_page_as_it_was(editor_client):
    page = live(body=BODY.replace("35 01 95 00", "post@a.no"), title_nb=f"{'x' * 85} post@a.no")
    done = do(editor_client, old="post@a.no", new="et.veldig.langt.navn@klinikken.no")["x" * 85 + " post@a.no"]
    assert not done.saved
    assert done.problems
    assert (page.editions.count(), "post@a.no" in body(page)) == (1, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ring oss", NEW), (OLD, "ring oss"), (OLD, "https://x.no"), (OLD, OLD), ("https://x.no", "http://x.no/y"),
        ("12", NEW), (OLD, ""),
    ],
)  # fmt: skip
def test_what_is_no_address_or_number_or_not_of_the_same_kind_is_refused(editor_client, old, new):
    live(body=BODY)
    answer = look(editor_client, old=old, new=new)
    assert answer.context["form"].errors
    assert "found" not in answer.context


def test_somewhere_must_be_looked(editor_client):
    assert look(editor_client, links="", text="").context["form"].non_field_errors()


def test_what_stands_outside_the_pages_is_named_and_not_changed(editor_client):
    made = clinic()
    sentence = claim(f"Ring {OLD}.")
    named = [(row.kind, row.name) for row in look(editor_client).context["other_records"]]
    assert [name for _kind, name in named] == [str(made), str(sentence)]
    links = [bool(row.url) for row in look(editor_client).context["other_records"]]
    assert links == [False, True]  # an editor may open the claim, not the clinic's own number
    sentence.refresh_from_db()
    assert sentence.confirmed_on


@pytest.mark.parametrize("sent", ["", "x", "1", "x:y", "9" * 40 + ":x", "-1:x", "99999:x"])
def test_odd_ticks_do_no_harm(editor_client, sent):
    page = live(body=BODY)
    do(editor_client, sent=[sent])
    assert (body(page), page.editions.count()) == (BODY, 1)


def test_only_who_may_change_pages_may_replace(editor, editor_client, inquiry_client, client):
    page = live(body=BODY)
    sent = ticks(editor_client)
    editor.groups.get().permissions.remove(Permission.objects.get(codename="change_page"))
    for other in (logged_in(User.objects.get(pk=editor.pk)), inquiry_client, client):
        assert other.get(REPLACE).status_code in (302, 403)
        assert other.post(REPLACE, ASKED | {"_replace": "1", "page": sent}).status_code in (302, 403)
    assert body(page) == BODY


def test_a_post_from_another_site_is_refused(editor):
    page = live(body=BODY)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(REPLACE, ASKED | {"_replace": "1"}).status_code == 403
    assert body(page) == BODY


def test_looking_asks_as_many_questions_for_many_pages_as_for_two(editor_client):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert look(editor_client).status_code == 200
        return len(asked)

    for number in range(2):
        live(f"side-{number}", body=BODY)
    questions()
    few = questions()
    for number in range(2, 8):
        page = live(f"side-{number}", body=BODY)
        schedule(save_draft(page, by=None), by=None, at=timezone.now() + timedelta(days=1))
    assert questions() == few


def test_a_replaced_page_can_be_saved_and_published_from_its_form(editor_client):
    page = live(body=BODY)
    do(editor_client)
    assert save(editor_client, page, button="_publish").status_code == 200
    assert live_body(page) == BODY.replace("00", "99")
    publish(page.editions.latest("pk"), by=None)


def test_an_address_that_is_spelled_a_little_differently_is_named_and_not_replaced(editor_client):
    asked = {"old": "https://klinikk.no/kurs", "new": "https://klinikk.no/nytt"}
    near = [
        "http://klinikk.no/kurs",
        "https://klinikk.no/kurs#pris",
        "https://klinikk.no/kurs/",
        "https://www.Klinikk.no/kurs",
    ]
    others = [
        "https://klinikk.no/kurs",
        "https://klinikk.no/kurs2",
        "https://klinikk.no/kurs?a=1",
        "https://x.no/kurs",
    ]
    live(body="".join(f'<p><a href="{address}">Kurs her i huset</a></p>' for address in near + others))
    answer = look(editor_client, **asked)
    assert answer.context["near"] == near
    assert all(f"<li>{address}</li>" in answer.text for address in near)
    assert [len(one.occurrences) for one in answer.context["pages"]] == [3]  # once in each language
    assert look(editor_client).context["near"] == []
