"""Uploads: the name that a browser gives a file never reaches the disk, and decides nothing."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Django ends the temporary file's name as the browser's name ends, which can be too long for the disk."""

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Keep the file under a name of the site's own."""
        super().new_file(field_name, "upload", *args, **kwargs)
