"""Files of the storage appear whole or not at all, and one form alone may send a large one."""

import os
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mestring.web.storage import AtomicFileStorage
from tests.conftest import ROOT


class Broken(ContentFile):
    """Content that fails while it is written, as a full disk does."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError(28, "No space left on device")


def test_the_default_storage_is_ours_and_lies_in_the_data_folder(settings):
    default_storage.save("a.txt", ContentFile(b"a"))
    assert isinstance(default_storage._wrapped, AtomicFileStorage)
    assert str(default_storage.path("a.txt")).startswith(str(settings.MEDIA_ROOT))


def test_a_file_that_fails_halfway_leaves_what_was_there_and_nothing_else(tmp_path):
    default_storage.save("deep/a.txt", ContentFile(b"whole"))
    with pytest.raises(OSError, match="No space"):
        default_storage.save("deep/a.txt", Broken(b""))
    assert [(p.name, p.read_bytes()) for p in (tmp_path / "media" / "deep").iterdir()] == [("a.txt", b"whole")]


def test_the_same_name_is_replaced_and_never_varied(tmp_path):
    for content in (b"one", b"two"):
        assert default_storage.save("a.txt", ContentFile(content)) == "a.txt"
    assert (tmp_path / "media" / "a.txt").read_bytes() == b"two"


def test_only_the_picture_form_of_a_colleague_takes_a_large_body(client, editor_client, settings):
    settings.LARGER_BODIES = {"/admin/pages/picture/add/": 40_000}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    body = {"data": b"x" * 30_000, "content_type": "application/octet-stream"}
    assert editor_client.post("/admin/pages/picture/add/", **body).status_code != 413
    assert client.post("/admin/pages/picture/add/", **body).status_code == 413
    for address in ("/admin/pages/picture/add", "/admin/pages/picture/1/change/", "/admin/pages/page/add/", "/"):
        assert editor_client.post(address, **body).status_code == 413, address


def test_a_picture_far_too_large_is_told_what_to_do(client, editor_client, settings):
    settings.LARGER_BODIES = {"/admin/pages/picture/add/": 20_000}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    body = {"data": b"x" * 30_000, "content_type": "application/octet-stream"}
    for one, words in ((editor_client, "20 MB"), (client, "Innloggingen din er over")):
        answer = one.post("/admin/pages/picture/add/", **body)
        assert answer.status_code == 413
        assert words in answer.text


def test_a_process_that_sees_no_upload_does_not_carry_the_picture_decoders(tmp_path):
    """They take 10 MB of each worker; the budget for the whole site is 120."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mestring.settings"}
    asked = "import sys, mestring.wsgi, mestring.urls, pages.admin; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=environment).returncode == 0
