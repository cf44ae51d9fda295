"""The picture library in the admin: upload, focal point, where used, withdraw."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from mestring.web.storage import AtomicFileStorage
from pages.editions.publishing import publish, save_draft
from pages.models import FigureBlock, Picture
from pages.pictures import library
from tests import factories
from tests.cast import logged_in
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/pages/picture/", "/admin/pages/picture/add/"


def file(image=None, kind="JPEG", name="bilde.jpg", **options):
    return SimpleUploadedFile(name, as_file(image, kind, **options).getvalue())


def upload(client, image=None, *, follow=True, **fields):
    data = {"file": file(image), "name": "Tunet", "credit": "Kari Nordmann", "consent": "on"} | fields
    return client.post(ADD, {k: v for k, v in data.items() if v is not None}, follow=follow)


def change(client, picture, **fields):
    data = {"name": picture.name, "credit": picture.credit, "left": 50, "top": 50} | fields
    return client.post(reverse("admin:pages_picture_change", args=[picture.pk]), data, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def picture(editor):
    return library.add(as_file(drawn(480, 120)), name="Tunet", credit="Kari", by=editor)


def used_on(picture, slug, *, published):
    page = factories.draft(slug)
    FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    if published:
        publish(save_draft(page, by=None), by=None)
    return page


# --- upload -----------------------------------------------------------------------------------------


def test_an_editor_uploads_a_picture_and_is_led_to_its_focal_point(editor_client, editor):
    answer = upload(editor_client)
    picture = Picture.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:pages_picture_change", args=[picture.pk])
    assert (picture.name, picture.credit, picture.uploaded_by) == ("Tunet", "Kari Nordmann", editor)
    assert 'name="left"' in answer.text
    assert LogEntry.objects.get().object_repr == "Tunet"


@pytest.mark.parametrize(("field", "value"), [("consent", None), ("name", ""), ("file", None)])
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_stored(editor_client, field, value):
    answer = upload(editor_client, **{field: value})
    assert list(answer.context["form"].errors) == [field]
    assert "data-unsaved" in answer.text
    assert not Picture.objects.exists()


def test_a_file_that_is_not_taken_is_refused_beside_the_field_with_what_to_do(editor_client):
    heic = SimpleUploadedFile("IMG_1.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 200)
    answer = upload(editor_client, file=heic)
    assert "Mest kompatibel" in answer.text
    assert "file" in answer.context["form"].errors


def test_a_file_a_little_too_large_is_refused_in_the_form(editor_client, settings):
    settings.PICTURE_MAX_BYTES = 1_000
    answer = upload(editor_client)
    assert "20 MB" in str(answer.context["form"].errors["file"])


def test_the_same_picture_leads_to_the_one_that_is_there(editor_client):
    upload(editor_client)
    answer = upload(editor_client, name="Noe annet")
    assert Picture.objects.get().name == "Tunet"
    assert "Tunet" in said(answer)[0]
    assert answer.redirect_chain[-1][0] == reverse("admin:pages_picture_change", args=[Picture.objects.get().pk])


def test_a_withdrawn_picture_is_taken_again_only_with_a_tick(editor_client, picture, editor):
    library.withdraw(picture, by=editor)
    answer = upload(editor_client, drawn(480, 120))
    assert list(answer.context["form"].errors) == ["again"]
    assert 'name="again"' in answer.text
    upload(editor_client, drawn(480, 120), again="on")
    assert Picture.objects.get().withdrawn_at is None


def test_a_full_disk_is_told_and_nothing_is_kept(editor_client, monkeypatch, tmp_path):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AtomicFileStorage, "_save", full)
    answer = upload(editor_client)
    assert "file" in answer.context["form"].errors
    assert not Picture.objects.exists()


def test_an_upload_for_which_there_was_no_room_is_told_and_the_other_fields_stay(editor_client, monkeypatch):
    def full(handler, *_arguments):
        handler.request.upload_failed = True
        raise SkipFile

    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", full)
    answer = upload(editor_client)
    assert [str(error) for error in answer.context["form"].errors["file"]] == [
        "Bildet kunne ikke lagres, og ingenting av det er tatt vare på. Prøv igjen senere."
    ]
    assert 'value="Tunet"' in answer.text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_files_are_made(editor_client, monkeypatch):
    """On SQLite it would hold the only write lock, and an inquiry would wait for a picture."""
    open_while_storing, save = set(), AtomicFileStorage._save

    def watched(self, name, content):
        open_while_storing.add(connection.in_atomic_block)
        return save(self, name, content)

    monkeypatch.setattr(AtomicFileStorage, "_save", watched)
    upload(editor_client, drawn(480, 120))
    change(editor_client, Picture.objects.get(), left=0)
    assert open_while_storing == {False}
    assert not transaction.get_connection().in_atomic_block


# --- the picture ------------------------------------------------------------------------------------


def test_a_moved_focal_point_makes_the_crop_anew(editor_client, picture):
    before = picture.landscape
    answer = change(editor_client, picture, left=0, name="Huset")
    picture.refresh_from_db()
    assert (picture.focus_x, picture.name) == (0, "Huset")
    assert picture.landscape == "landscape-0-0" != before
    assert "landscape-0-0-" in answer.text


@pytest.mark.parametrize(("field", "value"), [("left", 101), ("top", -1), ("left", ""), ("name", "")])
def test_a_value_outside_the_picture_is_refused(editor_client, picture, field, value):
    answer = change(editor_client, picture, **{field: value})
    assert list(answer.context["form"].errors) == [field]
    assert "data-unsaved" in answer.text
    picture.refresh_from_db()
    assert picture.focus_x == 0.5


def test_the_page_of_a_picture_names_where_it_is_used(editor_client, picture):
    used_on(picture, "vist", published=True), used_on(picture, "utkast", published=False)
    context = editor_client.get(reverse("admin:pages_picture_change", args=[picture.pk])).context
    assert [str(page) for page in context["shown"]] == ["vist nb"]
    assert {str(page) for page in context["drafts"]} == {"vist nb", "utkast nb"}


def test_the_list_shows_thumbnails_and_takes_no_more_queries_for_more_pictures(
    editor_client, picture, django_assert_max_num_queries, editor
):
    with django_assert_max_num_queries(15) as few:
        assert f"{picture.key}/whole-400.webp" in editor_client.get(LIST).text
    for width in (100, 101, 102):
        other = library.add(as_file(drawn(width, 100)), name=f"Nr. {width}", credit="", by=editor)
        used_on(other, f"side{width}", published=True)
    library.withdraw(other, by=editor)
    with django_assert_max_num_queries(len(few)):
        answer = editor_client.get(LIST)
    assert [row.pages for row in answer.context["cl"].result_list] == [1, 1, 1, 0]


# --- withdraw ---------------------------------------------------------------------------------------


def withdraw_address(picture):
    return reverse("admin:pages_picture_withdraw", args=[picture.pk])


def test_withdrawing_asks_first_and_names_the_pages(editor_client, client, picture):
    used_on(picture, "vist", published=True)
    answer = editor_client.get(withdraw_address(picture))
    assert "vist nb" in answer.text
    assert client.get(picture.thumbnail).status_code == 200
    assert not Picture.objects.get().withdrawn_at


def test_after_a_yes_the_picture_is_gone_for_visitors_and_the_history_says_who(editor_client, client, picture):
    factories.clinic()
    used_on(picture, "vist", published=True)
    address = picture.thumbnail
    assert picture.key in client.get("/vist-nb/").text
    answer = editor_client.post(withdraw_address(picture), follow=True)
    assert client.get(address).status_code == 404
    assert picture.key not in client.get("/vist-nb/").text
    assert "astrid" in answer.text
    assert LogEntry.objects.get().user.username == "astrid"


def test_a_withdrawal_that_fails_says_so(editor_client, picture, monkeypatch):
    def broken(*_arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(AtomicFileStorage, "delete", broken)
    answer = editor_client.post(withdraw_address(picture), follow=True)
    assert "Ikke alt kunne fjernes" in said(answer)[0]
    assert not Picture.objects.get().withdrawn_at


def test_a_withdrawn_picture_cannot_be_changed_or_withdrawn_again(editor_client, editor, picture):
    library.withdraw(picture, by=editor)
    when = Picture.objects.get().withdrawn_at
    assert change(editor_client, picture, left=0).status_code == 403
    assert editor_client.post(withdraw_address(picture)).status_code == 302
    assert Picture.objects.get().withdrawn_at == when


# --- who may ----------------------------------------------------------------------------------------


def addresses(picture):
    return [LIST, ADD, reverse("admin:pages_picture_change", args=[picture.pk]), withdraw_address(picture)]


def test_only_editors_and_administrators_reach_the_library(
    picture, inquiry_client, roleless, administrator_client
):
    for address in addresses(picture):
        for outsider in (inquiry_client, logged_in(roleless)):
            assert outsider.get(address).status_code == 403, address
            assert outsider.post(address).status_code == 403, address
        assert Client().post(address).status_code == 302
        assert administrator_client.get(address).status_code == 200
    assert not Picture.objects.get().withdrawn_at


@pytest.mark.parametrize(("right", "number"), [("add_picture", 1), ("withdraw_picture", 3)])
def test_each_right_is_asked_for(editor, picture, right, number):
    editor.groups.get().permissions.remove(Permission.objects.get(codename=right))
    assert logged_in(editor).post(addresses(picture)[number], {"name": "x"}).status_code == 403


def test_without_the_right_to_change_the_picture_is_shown_and_kept(editor, picture):
    editor.groups.get().permissions.remove(Permission.objects.get(codename="change_picture"))
    client = logged_in(editor)
    assert client.get(addresses(picture)[2]).status_code == 200
    assert change(client, picture, left=0).status_code == 403


def test_nobody_deletes_a_picture(administrator_client, picture):
    assert administrator_client.post(f"{LIST}{picture.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Picture.objects.exists()


def test_a_post_from_another_site_is_refused(editor, picture):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for address in addresses(picture)[1:]:
        assert client.post(address).status_code == 403, address


@pytest.mark.parametrize("number", ["0", "99999", "9" * 40, "x", "1e3", "-1", "²"])
def test_an_unknown_picture_is_a_404(editor_client, number):
    assert editor_client.get(f"{LIST}{number}/change/").status_code == 404


def test_an_address_asks_no_slow_question(editor_client):
    assert editor_client.get(LIST, {"name__regex": "(a+)+$"}).status_code == 400


def test_the_pages_of_the_library_carry_no_inline_script_or_style(editor_client, picture):
    for address in addresses(picture):
        text = unescape(editor_client.get(address).text)
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text


def test_the_original_never_leaves_the_house(editor_client, picture):
    assert default_storage.exists(f"originals/{picture.key}.jpg")
    for address in addresses(picture):
        assert "originals" not in editor_client.get(address).text
