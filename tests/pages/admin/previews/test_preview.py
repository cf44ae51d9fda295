"""Preview of the unsaved form and of any edition: in the visitors' template, for staff, and nothing is written."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import schedule
from pages.models import Edition, FormOpening, Page, Preview
from pages.previews.form_snapshots import store_form_snapshot
from pages.rendering.page import render_edition
from tests.cast import logged_in
from tests.factories import LANGUAGES, clinic, draft, front, live, moment
from tests.pages.admin.forms import form_of, new_text, read_form
from tests.pages.admin.undrawn_form import fields_of
from tests.pages.every_block import page_with_every_block

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADD = "/admin/pages/page/add/"


@pytest.fixture(autouse=True)
def house(db):
    clinic()
    front()


@pytest.fixture
def viewer(editor):
    """An editor who may only look."""
    editor.groups.clear()
    for codename in ("view_page", "view_textblock"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    return logged_in(editor)


def press(client, address, **changes):
    """Open a form, change some fields and press "Preview"."""
    return client.post(address, read_form(client, address) | changes | {"_preview": "1"})


def look(client, page, **changes):
    """Press "Preview" in the form of a page and return the page around the frame."""
    answer = client.post(form_of(page), fields_of(client, page) | changes | {"_preview": "1"})
    assert answer.status_code == 302, answer.text
    return client.get(answer["Location"])


def framed(client, shell):
    return client.get(shell.context["frame_url"])


def preview_of(edition, *language, page=None):
    return reverse("admin:pages_page_preview_edition", args=[page or edition.page_id, edition.pk, *language])


def frame_of(edition, language="nb"):
    return reverse("admin:pages_page_preview_edition_frame", args=[edition.page_id, edition.pk, language])


def rows():
    """Count what every table of the pages holds, but for the preview itself and who has the form open."""
    models = set(apps.get_app_config("pages").get_models()) - {Preview, FormOpening}
    return {model: model.objects.count() for model in [*models, apps.get_model("admin", "LogEntry")]}


# --- the unsaved form ------------------------------------------------------------------------------
def test_the_unsaved_words_are_shown_in_the_visitors_template(editor_client):
    page = live()
    body = {"pages_textblock_set-0-body_nb": "<p>Ny setning.</p>"}
    answer = framed(editor_client, look(editor_client, page, title_nb="Ny tittel", **body))
    assert answer.status_code == 200
    assert "pages/article.html" in [template.name for template in answer.templates]
    assert "Ny tittel</h1>" in answer.text
    assert "<p>Ny setning.</p>" in answer.text
    assert "/static/css/site.css" in answer.text


def test_a_preview_writes_nothing_and_changes_no_public_byte(editor_client, client):
    page = live(in_menu=True)
    before, public = rows(), [client.get(path).content for path in ("/", "/avrusning-nb/", "/sitemap.xml")]
    words = dict(Page.objects.values().get(pk=page.pk))
    added = new_text(number=1, body_nb="<p>Et nytt felt.</p>")
    shell = look(editor_client, page, title_nb="Ny tittel", slug_nb="ny", in_menu="", **added)
    assert "Et nytt felt." in framed(editor_client, shell).text
    assert rows() == before
    assert dict(Page.objects.values().get(pk=page.pk)) == words
    assert [client.get(path).content for path in ("/", "/avrusning-nb/", "/sitemap.xml")] == public


def test_a_page_that_was_never_saved_can_be_looked_at(editor_client):
    before = rows()
    answer = press(editor_client, ADD, title_nb="Helt ny", **new_text(body_nb="<p>Første ord.</p>"))
    shown = framed(editor_client, editor_client.get(answer["Location"]))
    assert "Helt ny</h1>" in shown.text
    assert "Første ord." in shown.text
    assert rows() == before


def test_a_preview_is_what_publishing_shows(editor_client, client):
    page = draft(lead_nb="Innledning")
    shown = framed(editor_client, look(editor_client, page)).text
    publish(save_draft(page, by=None), by=None)
    visited = client.get("/avrusning-nb/").text
    main = [text.split("<main")[1].split('<div class="dated">')[0] for text in (shown, visited)]
    assert main[0].replace(' target="_self"', "") == main[1]


def test_what_is_cleaned_when_saving_is_cleaned_in_the_preview(editor_client):
    body = {"pages_textblock_set-0-body_nb": "<p onclick='x()'>Her.</p><script>alert(1)</script>"}
    shown = framed(editor_client, look(editor_client, draft(), **body)).text
    assert "<p>Her.</p>" in shown
    assert "onclick" not in shown
    assert "alert(1)" not in shown


def test_a_deleted_block_is_not_shown(editor_client):
    shell = look(editor_client, draft(), **{"pages_textblock_set-0-DELETE": "on"})
    assert "Velkommen inn." not in framed(editor_client, shell).text
    assert shell.context["incomplete"]


def test_what_cannot_be_saved_is_said_with_its_field_and_nothing_is_kept(editor_client):
    live("ettervern")
    page = draft()
    answer = press(editor_client, form_of(page), slug_nb="ettervern-nb", title_nb="x" * 101)
    assert answer.status_code == 200
    assert len(answer.context["form_errors"]) == 2
    assert any("ettervern" in error and "bokmål" in error for error in answer.context["form_errors"])
    assert "page_form" not in answer.text
    assert not Preview.objects.exists()


def test_a_fault_in_a_block_is_named_with_the_block(editor_client):
    page = draft()
    answer = press(editor_client, form_of(page), **{"pages_textblock_set-0-ordering": "x"})
    assert any(error.startswith("Tekst") for error in answer.context["form_errors"])


def test_the_language_of_the_form_is_shown_first_when_it_has_a_title(editor_client):
    page = draft(languages=("nb", "en"))
    for chosen, shown in (("en", "en"), ("nn", "nb")):
        shell = look(editor_client, page, language_in_form=chosen)
        assert framed(editor_client, shell)["Content-Language"] == shown


def test_without_a_title_there_is_nothing_to_show_and_it_says_so(editor_client):
    edition = save_draft(Page.objects.create(), by=None)
    shell = editor_client.get(preview_of(edition))
    assert shell.status_code == 200
    assert "<iframe" not in shell.text


def test_only_its_maker_sees_it_and_for_an_hour(editor_client, administrator_client):
    with time_machine.travel(NOON, tick=False) as clock:
        shell = look(editor_client, draft())
        addresses = [shell.wsgi_request.path, shell.context["frame_url"]]
        assert [administrator_client.get(address).status_code for address in addresses] == [404, 404]
        clock.move_to(NOON + timedelta(minutes=59))
        assert [editor_client.get(address).status_code for address in addresses] == [200, 200]
        clock.move_to(NOON + timedelta(minutes=60))
        assert [editor_client.get(address).status_code for address in addresses] == [404, 404]


def test_what_was_kept_is_erased_after_its_hour_and_never_grows_without_end(editor, administrator):
    store_form_snapshot(None, {}, [], by=administrator, at=NOON)
    for minute in range(30, 42):
        newest = store_form_snapshot(None, {}, [], by=editor, at=NOON + timedelta(minutes=minute))
    assert Preview.objects.filter(made_by=editor).count() == 10
    assert Preview.objects.filter(made_by=administrator).count() == 1
    assert Preview.objects.filter(pk=newest.pk).exists()
    store_form_snapshot(None, {}, [], by=editor, at=NOON + timedelta(hours=2))
    assert Preview.objects.count() == 1


def test_the_form_posts_to_itself_in_a_new_tab_without_a_script(editor_client):
    assert 'name="_preview" formtarget="_blank"' in editor_client.get(form_of(draft())).text
    assert 'name="_preview" formtarget="_blank"' in editor_client.get(ADD).text


def test_pressing_preview_never_publishes(editor_client, client):
    page = draft()
    press(editor_client, form_of(page), _publish="1", _continue="1")
    assert client.get("/avrusning-nb/").status_code == 404
    assert not page.editions.exists()


# --- any edition -----------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_any_edition_is_shown_with_every_type_of_block(editor_client, language):
    page = page_with_every_block("alt", lead_nn="Innleiing")
    edition = page.editions.get()
    draft_edition = save_draft(page, by=None)
    for one in (edition, draft_edition):
        answer = editor_client.get(frame_of(one, language))
        assert answer["Content-Language"] == language
        assert f'<html lang="{language}">' in answer.text
        words = render_edition(one, moment(language))
        assert f"{words.title}</h1>" in answer.text
        assert len(words.blocks) > 10


@pytest.mark.parametrize("kind", Page.Kind.values)
def test_every_kind_of_page_can_be_looked_at(editor_client, kind):
    Page.objects.filter(kind=kind).delete() if kind == "front" else None
    page = draft("side", kind=kind, title_nb="Slik ser den ut", body="<p>Ordene.</p>")
    answer = editor_client.get(frame_of(save_draft(page, by=None)))
    assert answer.status_code == 200
    assert "Slik ser den ut" in answer.text
    assert "Ordene." in answer.text


@pytest.mark.parametrize("kind", ["contact_patient", "contact_relative", "contact_referrer"])
def test_the_form_of_a_contact_page_can_neither_be_filled_in_nor_sent(editor_client, kind, settings):
    settings.INQUIRY_GATE = "tests.pages.admin.previews.test_preview.closed"
    edition = save_draft(draft("side", kind=kind), by=None)
    text = editor_client.get(frame_of(edition)).text.split("<main")[1].split("</main>")[0]
    form = text.split('<form method="post"')[1].split("</form>")[0]
    controls = form.count("<input") + form.count("<textarea") + form.count("<button") + form.count("<select")
    assert controls > 4
    assert form.count(" disabled") == controls
    assert editor_client.post(frame_of(edition)).status_code == 405


def closed():
    return False


def test_an_edition_that_waits_and_one_that_ended_are_shown_beside_what_is_live(editor_client, client):
    page = live(title_nb="Først")
    first = page.editions.get()
    Page.objects.filter(pk=page.pk).update(title_nb="Nå")
    publish(save_draft(Page.objects.get(pk=page.pk), by=None), by=None)
    assert "Først</h1>" in editor_client.get(frame_of(first)).text
    assert "Nå</h1>" in client.get("/avrusning-nb/").text


@time_machine.travel(NOON, tick=False)
def test_it_says_whether_visitors_see_this_very_edition(editor_client):
    page = live()
    first, second = page.editions.get(), save_draft(page, by=None)

    def said():
        return [editor_client.get(preview_of(one)).context["when_shown"] for one in (first, second)]

    assert said() == ["Besøkende ser den nå.", "Den er ikke publisert."]
    schedule(second, by=None, at=NOON + timedelta(hours=1))
    assert said()[1] == "Den publiseres 1. mars 2026 kl. 14:00."
    publish(second, by=None)
    assert said() == ["Den har vært publisert. Besøkende ser den ikke lenger.", "Besøkende ser den nå."]


def test_the_form_leads_to_what_was_saved_last_and_to_what_waits(editor_client):
    page = draft()
    waits = save_draft(page, by=None)
    schedule(waits, by=None, at=timezone.now() + timedelta(days=1))
    newest = save_draft(page, by=None)
    text = editor_client.get(form_of(page)).text
    assert preview_of(waits) in text
    assert preview_of(newest) in text


def test_an_edition_of_another_page_is_a_404(editor_client):
    edition, other = save_draft(draft(), by=None), draft("ettervern")
    for address in (preview_of(edition, page=other.pk), preview_of(edition, "nb", page=other.pk)):
        assert editor_client.get(address).status_code == 404
    args = [other.pk, edition.pk]
    assert editor_client.post(reverse("admin:pages_page_share", args=args), {"days": "7"}).status_code == 404


@pytest.mark.parametrize("language", ["nn", "de", "frame"])
def test_a_language_without_a_title_is_a_404(editor_client, language):
    edition = save_draft(draft(languages=("nb",)), by=None)
    assert editor_client.get(preview_of(edition, language)).status_code == 404


def test_a_language_that_is_not_complete_is_shown_and_said_to_be_missing_something(editor_client):
    page = draft(languages=("nb",), title_en="Detox")
    shell = editor_client.get(preview_of(save_draft(page, by=None), "en"))
    assert shell.context["incomplete"]
    assert "nynorsk" in shell.context["without_title"]
    assert [choice.code for choice in shell.context["languages"]] == ["nb", "en"]


def test_both_widths_and_all_languages_are_links_that_keep_each_other(editor_client):
    edition = save_draft(draft(), by=None)
    shell = editor_client.get(preview_of(edition, "nn") + "?width=wide")
    assert "preview__window--wide" in shell.text
    assert [choice.url for choice in shell.context["languages"]] == [
        preview_of(edition, code) + "?width=wide" for code in LANGUAGES
    ]
    assert [choice.current for choice in shell.context["widths"]] == [False, True]
    assert "preview__window--narrow" in editor_client.get(preview_of(edition, "nn") + "?width=<b>").text


def test_what_has_no_day_yet_gets_none_and_a_plan_gets_its_own(editor_client):
    page = draft()
    edition = save_draft(page, by=None)
    assert "<time" not in editor_client.get(frame_of(edition)).text
    Edition.objects.filter(pk=edition.pk).update(live_from=datetime(2031, 5, 6, 8, tzinfo=UTC))
    assert '<time datetime="2031-05-06">' in editor_client.get(frame_of(edition)).text


def test_a_preview_names_no_address_of_its_own_to_machines(editor_client):
    text = editor_client.get(frame_of(save_draft(draft(), by=None))).text
    for phrase in ("canonical", "og:url", "ld+json", 'hreflang="x-default"'):
        assert phrase not in text


def test_links_leave_the_frame_but_for_those_within_the_page(editor_client):
    body = "".join(f"<h2>Del {n}</h2><p>Ord.</p>" for n in range(3))
    text = editor_client.get(frame_of(save_draft(draft(body=body), by=None))).text
    assert '<base target="_top">' in text
    assert '<a target="_self" href="#del-1">' in text
    assert '<a class="skip-link" target="_self" href="#content">' in text


def test_the_menu_around_it_is_the_live_one(editor_client):
    page = draft(in_menu=True)
    shown = editor_client.get(frame_of(save_draft(page, by=None))).text
    assert 'href="/avrusning-nb/"' not in shown


# --- headers ---------------------------------------------------------------------------------------
def directive(answer, name):
    parts = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    return parts.get(name)


def test_only_our_own_pages_frame_a_preview_and_only_this_page_frames(editor_client):
    edition = save_draft(draft(), by=None)
    shell, frame = editor_client.get(preview_of(edition)), editor_client.get(frame_of(edition))
    assert directive(shell, "frame-src") == "'self'"
    assert directive(shell, "frame-ancestors") == "'none'"
    assert shell["X-Frame-Options"] == "DENY"
    assert directive(frame, "frame-ancestors") == "'self'"
    assert directive(frame, "default-src") == "'none'"
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    form = editor_client.get(form_of(edition.page))
    assert directive(form, "frame-src") is None
    assert directive(form, "frame-ancestors") == "'none'"


def test_no_robot_and_no_cache_keeps_it(editor_client):
    edition = save_draft(draft(), by=None)
    kept = look(editor_client, edition.page)
    for address in (preview_of(edition), frame_of(edition), kept.wsgi_request.path, kept.context["frame_url"]):
        answer = editor_client.get(address)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex' in answer.text
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


# --- who may ---------------------------------------------------------------------------------------
def addresses(edition, kept):
    return [preview_of(edition), preview_of(edition, "nb"), frame_of(edition), *kept]


def test_a_colleague_who_may_not_open_the_form_may_not_preview(editor_client, inquiry_client, roleless, client):
    edition = save_draft(draft(), by=None)
    shell = look(editor_client, edition.page)
    for address in addresses(edition, [shell.wsgi_request.path, shell.context["frame_url"]]):
        assert inquiry_client.get(address).status_code == 403, address
        assert logged_in(roleless).get(address).status_code == 403, address
        assert client.get(address)["Location"].startswith("/admin/login/"), address
        assert editor_client.get(address).status_code == 200, address


def test_a_colleague_who_sees_the_facts_alone_may_not_preview_a_page(editor_client, roleless):
    roleless.user_permissions.add(Permission.objects.get(codename="view_helpline"))
    edition = save_draft(draft(), by=None)
    shell, client = look(editor_client, edition.page), logged_in(roleless)
    for address in addresses(edition, [shell.wsgi_request.path, shell.context["frame_url"]]):
        assert client.get(address).status_code == 403, address


def test_a_viewer_previews_editions_but_shares_none(viewer):
    edition = save_draft(draft(), by=None)
    shell = viewer.get(preview_of(edition))
    assert shell.status_code == 200
    assert viewer.get(frame_of(edition)).status_code == 200
    share = reverse("admin:pages_page_share", args=[edition.page_id, edition.pk])
    assert share not in shell.text
    assert viewer.post(share, {"days": "7"}).status_code == 403
    form = viewer.get(form_of(edition.page)).text
    assert preview_of(edition) in form
    assert 'name="_preview"' not in form
    assert viewer.post(form_of(edition.page), {"_preview": "1", "title_nb": "x"}).status_code == 403


@pytest.mark.parametrize("key", [uuid4(), "nothing"])
def test_a_preview_that_never_was_is_a_404(editor_client, key):
    for end in ("", "nb/", "nb/frame/"):
        assert editor_client.get(f"/admin/pages/page/preview/{key}/{end}").status_code in (302, 404)


def test_more_pages_and_editions_mean_no_more_queries(editor_client):
    edition = save_draft(draft(), by=None)

    def counts():
        for address in (preview_of(edition), frame_of(edition), form_of(edition.page)):
            with CaptureQueriesContext(connection) as captured:
                editor_client.get(address)
            yield len(captured)

    list(counts())  # the first time, who has the form open is written down
    before = list(counts())
    for number in range(8):
        save_draft(live(f"side{number}", parent=edition.page), by=None)
    assert list(counts()) == before
