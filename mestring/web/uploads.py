"""Uploads: the name that a browser gives a file never reaches the disk, and decides nothing."""

import logging
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

log = logging.getLogger("django.request")


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Django ends the temporary file's name as the browser's name ends, which can be too long for the disk."""

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        """Keep the file under a name of the site's own."""
        super().new_file(field_name, "upload", *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Leave out a file for which the disk has no room; the view says so (`request.upload_failed`)."""
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            log.error("a file could not be received (%s)", type(error).__name__)
            self.request.upload_failed = True  # type: ignore[union-attr]  # Django sets the request
            raise SkipFile from error
