"""The library keeps a picture once, makes all its files or none, and withdraws it for good."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from mestring.web.storage import AtomicFileStorage
from pages.editions.publishing import publish, save_draft, take_down
from pages.models import FigureBlock, Picture
from pages.pictures import library
from tests import factories
from tests.picture_files import as_file, drawn, exif

pytestmark = pytest.mark.django_db


def add(image=None, *, by=None, again=False, **options):
    file = as_file(image, **options)
    return library.add(file, name="Tunet", credit="Kari Nordmann", by=by, again=again)


def stored(tmp_path):
    """Every file and folder under the storage, as paths."""
    return sorted(str(path.relative_to(tmp_path / "media")) for path in (tmp_path / "media").rglob("*"))


def opened(picture, name):
    with default_storage.open(f"pictures/{picture.key}/{name}") as file:
        return Image.open(BytesIO(file.read()))


def test_a_picture_is_stored_in_every_format_and_width_and_its_original_apart(tmp_path):
    picture = add(drawn(900, 450))
    crop = "landscape-112-0"  # 675 of 900 pixels, from the middle
    names = {
        f"pictures/{picture.key}/whole-{width}.{end}"
        for width in (400, 800, 900)
        for end in ("avif", "webp", "jpg")
    }
    names |= {
        f"pictures/{picture.key}/{crop}-{width}.{end}"
        for width in (400, 675) for end in ("avif", "webp", "jpg")
    }  # fmt: skip
    files = {name for name in stored(tmp_path) if "." in name}
    assert files == names | {f"originals/{picture.key}.jpg"}
    assert picture.renditions == {"whole": [400, 800, 900], crop: [400, 675]}


def test_every_file_is_what_its_name_says(tmp_path):
    picture = add(drawn(500, 300))
    for stem, widths in picture.renditions.items():
        for width in widths:
            for ending, kind in (("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")):
                image = opened(picture, f"{stem}-{width}.{ending}")
                assert (image.format, image.width) == (kind, width)
                image.load()


def test_a_graphic_with_transparency_falls_back_to_png():
    image = drawn(mode="RGBA")
    image.putalpha(90)
    picture = add(image, kind="PNG")
    shown = opened(picture, "whole-240.png")
    assert picture.fallback == "png"
    assert shown.mode == "RGBA"
    assert opened(picture, "whole-240.webp").mode == "RGBA"


def test_a_picture_that_is_3_to_2_needs_no_crop():
    assert set(add(drawn(300, 200)).renditions) == {"whole"}


def test_the_same_picture_again_is_told_and_not_stored_twice(tmp_path):
    picture = add()
    before = stored(tmp_path)
    with pytest.raises(library.AlreadyThere) as told:
        add(exif=exif(), name="en annen.jpg")
    assert told.value.picture == picture
    assert stored(tmp_path) == before
    assert Picture.objects.count() == 1


def test_two_uploads_of_one_picture_at_once_keep_one_and_its_files(tmp_path, monkeypatch):
    """The second finds no row when it looks, and meets the first's when it writes its own."""
    picture = add()
    before = stored(tmp_path)
    monkeypatch.setattr("pages.pictures.library.Picture.objects.filter", lambda **_: Picture.objects.none())
    with pytest.raises(library.AlreadyThere) as told:
        add()
    assert told.value.picture == picture
    assert stored(tmp_path) == before


@pytest.mark.parametrize("number", [1, 3, 7])
def test_when_a_file_cannot_be_stored_nothing_is_left_behind(tmp_path, monkeypatch, number):
    save, calls = AtomicFileStorage._save, []

    def full(self, name, content):
        calls.append(name)
        if len(calls) == number:
            raise OSError(28, "No space left on device")
        return save(self, name, content)

    monkeypatch.setattr(AtomicFileStorage, "_save", full)
    with pytest.raises(OSError, match="No space"):
        add(drawn(240, 120))
    assert not [name for name in stored(tmp_path) if "." in name]
    assert not list((tmp_path / "media").glob("pictures/*"))
    assert not Picture.objects.exists()


def test_a_failed_upload_takes_nothing_from_a_colleague_who_uploaded_the_same_meanwhile(tmp_path, monkeypatch):
    picture, before = add(), stored(tmp_path)
    found, save = Picture.objects.filter, AtomicFileStorage._save
    looks = [Picture.objects.none()]  # the first look finds nothing yet
    monkeypatch.setattr(
        "pages.pictures.library.Picture.objects.filter", lambda **by: looks.pop() if looks else found(**by)
    )

    def full(self, name, content):
        if name.endswith("webp"):
            raise OSError(28, "No space left on device")
        return save(self, name, content)

    monkeypatch.setattr(AtomicFileStorage, "_save", full)
    with pytest.raises(OSError, match="No space"):
        add()
    assert stored(tmp_path) == before
    assert opened(picture, "whole-240.avif").width == 240


def test_when_the_row_cannot_be_written_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(Picture, "save", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add()
    assert not [name for name in stored(tmp_path) if "." in name]


def test_a_moved_focal_point_makes_a_crop_under_a_new_name_and_keeps_the_old():
    picture = add(drawn(480, 120))
    middle = picture.landscape
    library.move_focus(picture, 0.0, 0.5)
    picture = Picture.objects.get()
    assert picture.landscape == "landscape-0-0" != middle
    assert set(picture.renditions) == {"whole", middle, "landscape-0-0"}
    red = opened(picture, "landscape-0-0-180.webp").convert("RGB").getpixel((20, 20))
    assert red[0] > 200 > 60 > red[1]


def test_a_focal_point_that_moves_back_makes_nothing_again(monkeypatch):
    picture = add(drawn(480, 120))
    library.move_focus(picture, 0.0, 0.5)
    monkeypatch.setattr("pages.pictures.library.make_files", None)
    library.move_focus(picture, 0.5, 0.5)
    assert Picture.objects.get().focus_x == 0.5


def test_a_crop_that_cannot_be_stored_changes_nothing(tmp_path, monkeypatch):
    picture = add(drawn(480, 120))
    before = stored(tmp_path)

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AtomicFileStorage, "_save", full)
    with pytest.raises(OSError, match="No space"):
        library.move_focus(picture, 0.0, 0.5)
    assert stored(tmp_path) == before
    assert Picture.objects.get().focus_x == 0.5


def test_a_focal_point_moved_after_withdrawing_brings_no_file_back(editor, tmp_path):
    picture = add(drawn(480, 120))
    seen_before = Picture.objects.get()
    original = default_storage.open(f"originals/{picture.key}.jpg").read()
    library.withdraw(picture, by=editor)
    default_storage.save(f"originals/{picture.key}.jpg", ContentFile(original))  # as if it was read just before
    with pytest.raises(ValidationError):
        library.move_focus(seen_before, 0.0, 0.5)
    assert not [name for name in stored(tmp_path) if name.startswith("pictures/") and "." in name]


def test_withdrawing_removes_every_file_the_original_included_and_keeps_who_did_it(editor, tmp_path):
    picture = add(drawn(480, 120))
    library.move_focus(picture, 0.0, 0.5)
    default_storage.save(f"pictures/{picture.key}/whole-999.jpg", ContentFile(b"left by an earlier version"))
    library.withdraw(picture, by=editor)
    assert [name for name in stored(tmp_path) if name not in ("pictures", "originals")] == []
    picture = Picture.objects.get()
    assert (picture.withdrawn_by, picture.thumbnail) == (editor, "")


def test_a_crop_that_is_made_while_a_picture_is_withdrawn_goes_too(editor, tmp_path, monkeypatch):
    picture, save = add(), Picture.save

    def meanwhile(self, *arguments, **options):
        default_storage.save(f"pictures/{self.key}/landscape-0-0-240.webp", ContentFile(b"made meanwhile"))
        save(self, *arguments, **options)

    monkeypatch.setattr(Picture, "save", meanwhile)
    library.withdraw(picture, by=editor)
    assert not [name for name in stored(tmp_path) if "." in name]


def test_a_withdrawal_that_fails_halfway_can_be_done_again(editor, tmp_path, monkeypatch):
    picture = add()
    with monkeypatch.context() as broken:
        broken.setattr(
            AtomicFileStorage, "delete", lambda *_a: (_ for _ in ()).throw(OSError(5, "Input/output error"))
        )
        with pytest.raises(OSError, match="Input/output"):
            library.withdraw(picture, by=editor)
    assert Picture.objects.get().withdrawn_at is None
    library.withdraw(Picture.objects.get(), by=editor)
    assert not [name for name in stored(tmp_path) if "." in name]


def test_a_withdrawn_picture_comes_back_only_when_somebody_says_so(editor):
    picture = add()
    library.withdraw(picture, by=editor)
    with pytest.raises(library.AlreadyThere):
        add()
    again = add(again=True, by=editor)
    assert (again.pk, again.withdrawn_at, again.uploaded_by) == (picture.pk, None, editor)
    assert opened(again, "whole-240.avif").width == 240


def test_where_a_picture_is_used_tells_drafts_from_what_visitors_see(django_assert_max_num_queries):
    picture, other = add(), add(drawn(300, 300))
    shown, drafted, ended = (factories.draft(slug) for slug in ("vist", "utkast", "tatt-ned"))
    for page in (shown, drafted, ended):
        FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    for page in (shown, ended):
        publish(save_draft(page, by=None), by=None)
    take_down(ended)
    FigureBlock.objects.filter(parent=shown).delete()
    with django_assert_max_num_queries(2):
        assert library.where_used(picture) == ([drafted, ended], [shown])
    assert library.where_used(other) == ([], [])


def test_an_edition_that_waits_for_its_hour_counts_as_shown():
    picture, page = add(), factories.draft("snart")
    FigureBlock.objects.create(parent=page, region="main", ordering=20, picture=picture, decorative=True)
    publish(save_draft(page, by=None), by=None, now=timezone.now() + timedelta(days=1))
    assert library.where_used(picture)[1] == [page]
