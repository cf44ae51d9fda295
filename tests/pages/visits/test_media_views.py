"""Visitors are sent a picture's files and nothing else of the storage, with headers that bind them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pages.pictures import library
from tests.picture_files import as_file, drawn

pytestmark = pytest.mark.django_db
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@pytest.fixture
def picture():
    return library.add(as_file(drawn(300, 150)), name="Tunet", credit="", by=None)


def address(picture, name):
    return f"/media/pictures/{picture.key}/{name}"


@pytest.mark.parametrize("ending", TYPES)
def test_every_rendition_is_sent_with_its_type_and_kept_for_a_year(
    client, picture, ending, django_assert_num_queries
):
    for stem, widths in picture.renditions.items():
        for width in widths:
            with django_assert_num_queries(0):
                answer = client.get(
                    address(picture, f"{stem}-{width}.{ending}"), headers={"accept-encoding": "gzip"}
                )
            content = b"".join(answer.streaming_content)
            assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[ending])
            assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
            assert int(answer["Content-Length"]) == len(content) > 200
            assert not answer.cookies


def test_the_original_is_not_sent(client, picture):
    original = f"originals/{picture.key}.jpg"
    assert default_storage.exists(original)
    for path in (original, f"pictures/../{original}", f"pictures/{picture.key}/../../{original}"):
        assert client.get(f"/media/{path}").status_code == 404, path


@pytest.mark.parametrize("name", [
    "whole-300.svg", "whole-300.html", "whole-300.jpg.exe", "..%2Fsecret.jpg", "%2e%2e/secret.jpg",
    "whole-300.jpg%00", "whole-300.jpg%0a", "whole--300.jpg", "whole-99999.jpg", "landscape-1-300.jpg",
    "WHOLE-300.jpg", "", ".jpg",
])  # fmt: skip
def test_a_name_the_library_does_not_make_leads_nowhere(client, picture, name):
    default_storage.save("pictures/secret.jpg", ContentFile(b"secret"))
    for kept in ("whole-300.svg", "whole-300.html"):
        default_storage.save(f"pictures/{picture.key}/{kept}", ContentFile(b"<script>"))
    assert client.get(address(picture, name)).status_code == 404


@pytest.mark.parametrize("key", ["0" * 20, "0" * 19, "g" * 20, "..", "A" * 20])
def test_an_unknown_picture_is_a_short_404_that_nobody_keeps(client, key):
    answer = client.get(f"/media/pictures/{key}/whole-300.jpg")
    assert answer.status_code == 404
    assert "immutable" not in answer["Cache-Control"]


def test_a_withdrawn_picture_is_gone_at_once(client, picture, editor):
    assert client.get(address(picture, "whole-300.avif")).status_code == 200
    library.withdraw(picture, by=editor)
    for ending in TYPES:
        assert client.get(address(picture, f"whole-300.{ending}")).status_code == 404


def test_only_reading_is_allowed(client, picture):
    assert client.post(address(picture, "whole-300.jpg")).status_code == 405
    assert client.head(address(picture, "whole-300.jpg")).status_code == 200
