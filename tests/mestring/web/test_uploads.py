"""What a browser calls a file says nothing and stands nowhere."""

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
