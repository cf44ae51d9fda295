"""What a browser calls a file says nothing and stands nowhere; a full disk keeps no half of it."""

import resource

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from tests.picture_files import of_content

LONG = "Sommerfest. " + "bilde fra tunet " * 15  # 252 signs, with a dot early and no ending


@pytest.mark.parametrize("size", [10, MemoryFileUploadHandler().chunk_size * 50])
def test_a_file_of_any_name_and_size_is_read_and_its_name_is_not_kept_on_the_disk(size):
    request = RequestFactory().post("/", {"file": of_content(b"x" * size, LONG)})
    file = request.FILES["file"]
    assert file.size == size
    assert "tunet" not in str(getattr(file, "temporary_file_path", str)())


def test_a_file_for_which_the_disk_has_no_room_is_left_out_whole_and_the_other_fields_are_read(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = RequestFactory().post("/", {"file": of_content(b"x" * 3_500_000), "name": "Tunet"})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        assert request.POST["name"] == "Tunet"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not request.FILES
    assert request.upload_failed
    assert list(tmp_path.iterdir()) == []
