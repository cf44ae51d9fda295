"""The form of a page: languages, links, policy."""

import re

import pytest
from django.urls import reverse

from pages.models import DoorBlock
from tests.factories import clinic, draft, front, live
from tests.pages.admin.forms import form_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    clinic()
    front()


def choices(response):
    return {choice.code: choice for choice in response.context["language_switch"]}


def test_without_an_error_every_language_is_shown_to_a_browser_without_javascript(editor_client):
    page = editor_client.get(form_of(draft()))
    assert [code for code, choice in choices(page).items() if choice.chosen] == ["all"]
    assert "data-unsaved" not in page.text


def test_the_switch_counts_errors_and_opens_the_first_language_that_has_one(editor_client):
    page = draft()
    shown = choices(save(editor_client, page, slug_nn="admin", slug_en="static", title_en="x" * 101))
    assert {code: choice.errors for code, choice in shown.items()} == {"nb": 0, "nn": 1, "en": 2, "all": 0}
    assert [code for code, choice in shown.items() if choice.chosen] == ["nn"]


def test_the_line_over_a_form_with_errors_is_norwegian(editor_client):
    shown = save(editor_client, draft(), slug_nb="admin").text
    assert "errornote" in shown
    assert "data-unsaved" in shown
    assert "Please correct" not in shown


def test_an_error_inside_a_block_is_counted_too(editor_client):
    page = draft()
    DoorBlock.objects.create(parent=page, region="main", ordering=20, audience="patient", link="contact:start")
    shown = choices(save(editor_client, page, **{"pages_doorblock_set-0-title_en": "x" * 61}))
    assert shown["en"].errors == 1


def test_a_folded_text_is_called_by_its_first_words_as_they_are_read(editor_client):
    page = draft(body="<p>Mat &amp; hvile.</p><p>Ring <strong>113</strong>!</p>")
    labels = re.findall(r'inline_label">(.*?)</span>', editor_client.get(form_of(page)).text, re.DOTALL)
    assert "Mat &amp; hvile. Ring 113!" in [" ".join(label.split()) for label in labels]


def test_each_row_carries_its_language_in_new_blocks_too(editor_client):
    html = editor_client.get(form_of(draft())).content.decode()
    rows = re.findall(r'class="(form-row [^"]*field-body_\w+)"', html)
    assert {row[-3:] for row in rows} == {"_nb", "_nn", "_en"}


def test_each_text_tells_the_browser_its_language(editor_client):
    html = editor_client.get(form_of(draft())).content.decode()
    assert re.search(r'<input[^>]*lang="nn"[^>]*id="id_title_nn"', html)


def test_a_door_that_leads_out_of_the_house_is_refused(editor_client):
    page = draft()
    block = {
        "pages_doorblock_set-TOTAL_FORMS": "1", "pages_doorblock_set-0-region": "main",
        "pages_doorblock_set-0-ordering": "20", "pages_doorblock_set-0-audience": "patient",
        "pages_doorblock_set-0-link": "https://evil.example",
    }  # fmt: skip
    save(editor_client, page, **block)
    assert not DoorBlock.objects.exists()


def test_a_live_page_links_to_what_visitors_see(editor_client):
    assert b'href="/avrusning-nb/"' in editor_client.get(form_of(live())).content


def test_a_page_that_is_not_live_has_no_link_to_the_website(editor_client):
    assert b'href="/avrusning-nb/"' not in editor_client.get(form_of(draft())).content


def test_the_policy_of_the_form_adds_one_nonce_and_only_the_import_map_carries_it(editor_client):
    response = editor_client.get(form_of(draft()))
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    nonce = re.fullmatch(r"'self' 'nonce-([^']+)'", policy["script-src"])[1]
    carriers = re.findall(rf'<(\w+)[^>]*nonce="{re.escape(nonce)}"[^>]*>', response.content.decode())
    assert carriers == ["script"]
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()
    assert policy["style-src"] == "'self'"


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/pages/page/"])
def test_every_other_page_has_the_visitors_policy(editor_client, client, address):
    assert (
        editor_client.get(address).headers["Content-Security-Policy"]
        == client.get("/").headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/page/", "/admin/pages/page/add/"])
def test_no_page_has_inline_styles_handlers_or_foreign_addresses(editor_client, address):
    html = editor_client.get(address).content.decode()
    assert not re.search(r"<style|<[^>]+\sstyle=|<[^>]+\son\w+=|(src|href)=\"(https?:)?//", html)
    inline = re.findall(r"<script(?![^>]*src=)([^>]*)>", html)
    assert all('type="application/json"' in tag or 'type="importmap"' in tag for tag in inline)


@pytest.mark.parametrize(
    ("host", "secure", "warned"),
    [
        ("127.0.0.1:8000", False, False), ("localhost", False, False),
        ("klinikk.example", False, True), ("klinikk.example", True, False),
    ],
)  # fmt: skip
def test_the_login_page_warns_where_browsers_drop_the_cookie(client, settings, host, secure, warned):
    settings.ALLOWED_HOSTS = ["*"]
    response = client.get(reverse("admin:login"), headers={"host": host}, secure=secure)
    assert response.context["cookies_dropped"] is warned
    assert (b"login-hint" in response.content) is warned
