"""A staff form that meets an expired login or a stale token comes back to its writer, and is not carried out."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mestring.staff.unsent.sealed_form import UnsentForm, is_secret, open_form, seal_form
from mestring.staff.unsent.writer import FIELD, stamp
from pages.models import Claim, TextBlock
from tests.cast import PASSWORD
from tests.contact.conftest import CANARY
from tests.factories import draft

pytestmark = pytest.mark.django_db
CASE = "/admin/contact/inquiry/00000000-0000-0000-0000-000000000001/"
OURS = {"Sec-Fetch-Site": "same-origin"}


def hidden(response):
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.text))
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def log_in(client, response, user):
    return client.post("/admin/login/", hidden(response) | {"username": user.username, "password": PASSWORD})


def test_words_sent_after_the_login_ended_come_back_to_the_case_and_are_stored_nowhere(client, inquiry_staff):
    typed = {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY, "note-text": "husk brev", "passphrase": "gul"}
    asked = client.post(f"{CASE}reply/", typed)
    assert asked.status_code == 403
    assert "no-store" in asked["Cache-Control"]
    assert CANARY not in asked.text
    assert "data-unsaved" in asked.text
    wrong = client.post("/admin/login/", hidden(asked) | {"username": inquiry_staff.username, "password": "feil"})
    back = log_in(client, wrong, inquiry_staff)
    assert f'action="{CASE}again/"' in back.text
    assert "data-unsaved" in back.text
    kept = hidden(back)
    assert (kept["reply-text"], kept["note-text"]) == (CANARY, "husk brev")
    assert "passphrase" not in kept
    assert CANARY not in "".join(str(one.get_decoded()) for one in Session.objects.all())


def test_no_passphrase_and_no_recovery_paper_travels_along(client, inquiry_staff):
    typed = {"what": "change", "old": f"{CANARY} one", "new": f"{CANARY} two", "again": f"{CANARY} two"}
    for address, secret in (("staffkey/", typed), ("grant/replace-paper/", {"typed": f"{CANARY} lines"})):
        asked = client.post(f"/admin/contact/{address}", {FIELD: stamp(inquiry_staff.pk)} | secret)
        assert CANARY not in log_in(client, asked, inquiry_staff).text
        client.logout()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        for field in re.findall(
            r'<input[^>]*type="password"[^>]*>|<textarea class="typed"[^>]*>', template.read_text()
        ):
            assert is_secret(re.search(r'name="([^"]+)"', field)[1]), template


def test_a_page_comes_back_as_its_form_and_another_form_as_a_button(client, editor):
    page = draft()
    sent = {FIELD: stamp(editor.pk), "title_nb": "Ny tittel", "_publish": "1"}
    asked = client.post(f"/admin/pages/page/{page.pk}/change/", sent)
    kept = hidden(log_in(client, asked, editor))
    assert kept["title_nb"] == "Ny tittel"
    assert "_check" in kept
    assert "_publish" not in kept
    assert not page.editions.exists()
    client.logout()
    asked = client.post(
        "/admin/pages/claim/add/", {FIELD: stamp(editor.pk), "text_nb": "Vi har åpent", "_save": "1"}
    )
    back = log_in(client, asked, editor)
    assert 'action="/admin/pages/claim/add/"' in back.text
    assert hidden(back)["_save"] == "1"
    assert not Claim.objects.exists()


def test_only_the_writer_gets_the_words_back(client, editor, inquiry_staff):
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY})
    other = log_in(client, asked, editor)
    assert other.status_code == 200
    assert CANARY not in other.text
    for writer in ("", "1", f"{inquiry_staff.pk}:invented"):
        client.logout()
        assert client.post(f"{CASE}reply/", {FIELD: writer, "reply-text": CANARY}).status_code == 302
    sealed = seal_form(UnsentForm("/admin/", [("a", "b")], has_files=False), "7")
    assert open_form(sealed, 7).fields == [("a", "b")]
    assert open_form(sealed, 8) is open_form(sealed[:-8] + "AAAAAAA=", 7) is open_form("", 7) is None


def test_a_stale_token_gives_the_words_back_to_the_same_writer_and_nothing_to_another_site(inquiry_staff, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(inquiry_staff)
    typed = {FIELD: stamp(inquiry_staff.pk), "reply-text": CANARY}
    shown = strict.post(f"{CASE}reply/", typed, headers=OURS)
    assert hidden(shown)["reply-text"] == CANARY
    for site in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        refused = strict.post(f"{CASE}reply/", typed, headers=site)
        assert refused.status_code == 403
        assert CANARY not in refused.text
        assert 'name="unsent"' not in refused.text
    strict.force_login(editor)
    another = strict.post(f"{CASE}reply/", typed, headers=OURS)
    assert CANARY not in another.text
    assert 'name="unsent"' in another.text


def test_every_staff_form_says_whose_it_is_and_no_public_page_does(editor_client, editor, client):
    form, login = editor_client.get("/admin/pages/claim/add/"), client.get("/admin/login/")
    assert hidden(form)[FIELD] == stamp(editor.pk)
    assert FIELD not in login.text + client.get("/kontakt/").text
    assert "data-unsaved" not in form.text + login.text


def test_without_a_login_no_file_is_read_and_no_more_than_a_form(client, editor_client, editor):
    add = "/admin/pages/picture/add/"
    file = SimpleUploadedFile("a.jpg", b"x" * 1000)
    request = client.post(add, {FIELD: stamp(editor.pk), "name": "Tunet", "file": file}).wsgi_request
    assert not request.FILES
    assert request.POST["name"] == "Tunet"
    large = {"name": "Tunet", "file": SimpleUploadedFile("a.jpg", b"x" * 1_100_000)}
    assert client.post(add, large).status_code == 413
    assert editor_client.post(add, large).status_code != 413


@pytest.mark.parametrize("section", ["page", "claim", "event"])
def test_words_for_a_row_that_a_colleague_has_deleted_are_shown_for_copying(administrator_client, section):
    address = f"/admin/pages/{section}/987654/change/"
    answer = administrator_client.post(address, {"text_nb": "Et avsnitt som tok en time."})
    assert answer.status_code == 410
    assert "Et avsnitt som tok en time." in answer.text
    assert "Kopier det du skrev" in answer.text
    assert administrator_client.get(address).status_code == 302


def test_what_was_written_is_shown_by_its_name_with_its_paragraphs_and_without_what_is_stored_already(
    client, editor, inquiry_staff
):
    page = draft(title_nb="Tittel som var der", body="<p>Det som var der.</p>")
    block = TextBlock.objects.get(parent=page)
    fields = {
        "pages_textblock_set-0-id": str(block.pk),
        "pages_textblock_set-0-body_nb": block.body_nb,
        "pages_textblock_set-0-body_nn": "<p>Første avsnitt.</p><ul><li>Eitt</li><li>To</li></ul>",
        "title_nb": "Tittel som var der", "title_nn": "Ny", "kind": "article", "_continue": "Lagre utkast",
    }  # fmt: skip
    asked = client.post(f"/admin/pages/page/{page.pk}/change/", {FIELD: stamp(editor.pk)} | fields)
    shown = log_in(client, asked, editor).context["written"]
    assert [(one.name, one.text.split("\n")) for one in shown] == [
        ("Tekst (nynorsk)", ["Første avsnitt.", "", "Eitt", "", "To"]),
        ("Tittel (nynorsk)", ["Ny"]),
    ]
    client.logout()
    asked = client.post(f"{CASE}reply/", {FIELD: stamp(inquiry_staff.pk), "reply-text": "Hei.\n\nVelkommen."})
    back = log_in(client, asked, inquiry_staff)
    assert "<h2>Svar til avsenderen</h2>" in back.text
    assert "<p>Hei.</p>" in back.text
