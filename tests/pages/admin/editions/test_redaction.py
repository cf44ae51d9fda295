"""Words taken out of old editions for ever."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.history import containing, redact, restore
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.languages import LANGUAGES
from pages.models import Edition, Page, Preview, Redaction, SearchEntry, TextBlock
from pages.previews.form_snapshots import store_form_snapshot
from tests import kept_rows
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import save

pytestmark = pytest.mark.django_db
NAME = "Kanari Fuglesang"


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


@pytest.fixture
def page():
    """A live page, with the name in an older draft and in no newer one."""
    kept_rows.put("a page with a name in a draft", make_page)
    return Page.objects.get(slug_nb="avrusning-nb")


def make_page():
    made = live()
    TextBlock.objects.filter(parent=made).update(body_nb=f"<p>Takk til {NAME}.</p>")
    Page.objects.filter(pk=made.pk).update(title_nb=NAME, lead_nn=NAME, title_en=NAME)
    save_draft(Page.objects.get(pk=made.pk), by=None, note=f"om {NAME}")
    TextBlock.objects.filter(parent=made).update(body_nb="<p>Takk.</p>")
    Page.objects.filter(pk=made.pk).update(title_nb="Takk", lead_nn="", title_en="Thanks")
    save_draft(Page.objects.get(pk=made.pk), by=None)


def with_name(page):
    return page.editions.order_by("pk")[1]


def address(page):
    return reverse("admin:pages_page_redact", args=[page.pk])


def every_text():
    """Everything the database holds about pages and in the admin's log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type='table'")
        tables = [name for (name,) in cursor.fetchall() if name.startswith(("pages_", "django_admin_log"))]
        return str([cursor.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables])


def test_the_words_are_gone_and_who_when_and_why_remain(administrator_client, administrator, page):
    edition = with_name(page)
    response = administrator_client.post(
        address(page), {"edition": [edition.pk], "reason": "Et navn"}, follow=True
    )
    if connection.vendor == "sqlite":
        assert NAME not in every_text()
    line = Redaction.objects.get()
    assert (line.edition_id, line.by, line.reason) == (edition.pk, administrator, "Et navn")
    assert [entry.state for entry in response.context["entries"]] == ["draft", "redacted", "live"]
    assert "Et navn" in response.text


def test_django_s_own_log_forgets_the_title_too(administrator_client, administrator, page):
    save(administrator_client, page, title_nb=NAME)
    save(administrator_client, page, title_nb="Takk")
    assert LogEntry.objects.filter(object_repr__contains=NAME).exists()
    redact(page.editions.filter(head__title__nb=NAME), by=administrator, reason="Et navn", at=timezone.now())
    assert not LogEntry.objects.filter(object_repr__contains=NAME).exists()


def test_the_editions_with_some_words_are_found_and_ticked(administrator_client, page):
    response = administrator_client.post(address(page), {"words": NAME.upper(), "_find": "1"})
    assert response.context["chosen"] == {with_name(page).pk}
    assert with_name(page).head["title"]["nb"] == NAME


@pytest.mark.parametrize(("written", "words"), [
    ("Ola&nbsp;Nordmann", "ola nordmann"), ("<strong>Ola</strong> Nordmann", "Ola Nordmann"),
    ("<strong>O</strong>la Nordmann", "Ola Nordmann"), ("Ola<br>Nordmann", "Ola Nordmann"),
    ("Ola  \n Nordmann", "Ola Nordmann"), ("Ola Nord\u00admann", "Ola Nordmann"),
    ("A\u030ase Hansen", "\u00c5se Hansen"), ("\u00c5se Hansen", "a\u030ase\u00a0 hansen"),
    ("NN &amp; en kollega", "NN & en kollega"), ("Anne\u2011Grete D\u2019Arc", "Anne-Grete D'Arc"),
    ('<a href="mailto:ola@example.org">Ola</a> Nordmann', "ola nordmann"),
    ('<a href="mailto:ola@example.org">post</a>', "ola@example.org"),
])  # fmt: skip
def test_a_name_is_found_as_it_is_read_not_as_it_is_stored(written, words):
    made = live(body=f"<p>Takk til {written}.</p>")
    with_it = set(made.editions.values_list("pk", flat=True))
    TextBlock.objects.filter(parent=made).update(
        **{f"body_{language}": "<p>Takk til Ola.</p>" for language in LANGUAGES}
    )
    save_draft(Page.objects.get(pk=made.pk), by=None)
    assert containing(made, words) == with_it


def test_signs_without_a_reading_are_found_nowhere():
    assert containing(live(), "\u00ad\u200b\u2060") == set()


def test_finding_warns_when_the_form_itself_still_has_the_words(administrator_client, page):
    def levels():
        response = administrator_client.post(address(page), {"words": NAME, "_find": "1"})
        return [message.level_tag for message in response.context["messages"]]

    assert levels() == ["info"]
    TextBlock.objects.filter(parent=page).update(body_nb=f"<p>{NAME}</p>")
    assert levels() == ["info", "warning"]


def test_what_visitors_see_is_not_taken_away_before_something_else_is_published(
    administrator_client, administrator, page
):
    live_one = page.editions.last()
    response = administrator_client.post(
        address(page), {"edition": [live_one.pk, with_name(page).pk], "reason": "Et navn"}
    )
    assert response.context["form"].non_field_errors()
    assert not Redaction.objects.exists()
    assert with_name(page).body
    publish(page.editions.first(), by=None)
    redact([live_one], by=administrator, reason="Et navn", at=timezone.now())
    live_one.refresh_from_db()
    assert live_one.is_redacted


def test_what_waits_to_be_shown_is_not_taken_away(administrator, page):
    edition = with_name(page)
    publish(edition, by=None, now=timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError):
        edition.redact(by=administrator, reason="Et navn", at=timezone.now())


@pytest.mark.parametrize("data", [{"reason": "Et navn"}, {"reason": ""}, {"edition": "x", "reason": "y"}])
def test_without_a_reason_or_an_edition_nothing_happens(administrator_client, page, data):
    data = {"edition": with_name(page).pk} | data if not data["reason"] else data
    response = administrator_client.post(address(page), data)
    assert response.context["form"].errors
    assert "data-unsaved" in response.text
    assert not Redaction.objects.exists()


def test_only_administrators_may(editor_client, inquiry_client, page):
    for client in (editor_client, inquiry_client):
        assert client.get(address(page)).status_code == 403
        assert client.post(address(page), {"edition": with_name(page).pk, "reason": "x"}).status_code == 403
    history = reverse("admin:pages_page_history", args=[page.pk])
    assert address(page) not in editor_client.get(history).text
    assert not Redaction.objects.exists()


@pytest.fixture
def redacted(page, administrator):
    edition = with_name(page)
    edition.redact(by=administrator, reason="Et navn", at=timezone.now())
    return Edition.objects.get(pk=edition.pk)


def test_it_can_be_neither_published_nor_restored(redacted):
    with pytest.raises(ValidationError):
        publish(redacted, by=None)
    with pytest.raises(ValidationError):
        restore(redacted, by=None, note="")
    assert redacted.live_from is None


def test_it_is_said_instead_of_compared_and_offers_no_way_back(editor_client, page, redacted):
    other = page.editions.last()
    compare = reverse("admin:pages_page_compare", args=[page.pk])
    assert editor_client.get(f"{compare}?old={other.pk}&new={redacted.pk}").context["redacted"]
    way_back = reverse("admin:pages_page_restore", args=[page.pk, redacted.pk])
    assert way_back not in editor_client.get(reverse("admin:pages_page_history", args=[page.pk])).text
    assert editor_client.get(way_back).status_code == 404
    assert editor_client.post(way_back).status_code == 404


def test_twice_is_once(redacted, administrator):
    redacted.redact(by=administrator, reason="Igjen", at=timezone.now())
    assert Redaction.objects.get().reason == "Et navn"


def test_its_words_still_cannot_be_written_and_neither_can_the_line(redacted):
    redacted.body = [{"type": "text"}]
    with pytest.raises(ValueError, match="append-only"):
        redacted.save()
    with pytest.raises(ValueError, match="append-only"):
        redacted.redaction.save()


def test_a_page_whose_newest_edition_lost_its_words_still_opens(administrator_client, administrator):
    page = draft()
    edition = save_draft(page, by=None)
    edition.redact(by=administrator, reason="Et navn", at=timezone.now())
    form = reverse("admin:pages_page_change", args=[page.pk])
    assert administrator_client.get(form).status_code == 200
    assert administrator_client.get("/admin/pages/page/").status_code == 200
    assert save(administrator_client, page).status_code == 200


def test_what_a_search_read_of_it_goes_with_it(administrator, page):
    edition, now = with_name(page), timezone.now()
    publish(edition, by=None, now=now)
    schedule(page.editions.order_by("pk")[2], by=None, at=now + timedelta(hours=1))
    assert edition.search_entries.filter(title=NAME).exists()
    redact([edition], by=administrator, reason="Et navn", at=now + timedelta(hours=2))
    assert not SearchEntry.objects.filter(title=NAME).exists()


def test_no_digest_remains_that_could_tell_a_guess_from_a_miss(administrator, page):
    edition = with_name(page)
    before = edition.digest
    redact([edition], by=administrator, reason="Et navn", at=timezone.now())
    assert Edition.objects.get(pk=edition.pk).digest != before


def test_no_mark_of_a_former_translation_remains_either(administrator, page):
    rows = page.translation_rows.filter(language="nn")
    for title in (NAME, "Takk"):
        Page.objects.filter(pk=page.pk).update(title_nn=title)
        save_draft(Page.objects.get(pk=page.pk), by=None, intent=TranslationIntent.ALL_CURRENT)
    marks = set(rows.get().known)
    former = marks - {pair.fingerprint for pair in rows.get().pairs}
    redact([with_name(page)], by=administrator, reason="Et navn", at=timezone.now())
    assert former
    assert set(rows.get().known) == marks - former


def test_a_preview_that_was_just_made_of_the_page_goes_too(administrator, page):
    edition = with_name(page)
    store_form_snapshot(page, edition.head, edition.body, by=administrator, at=timezone.now())
    redact([edition], by=administrator, reason="Et navn", at=timezone.now())
    assert not Preview.objects.exists()
