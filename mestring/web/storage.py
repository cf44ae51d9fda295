"""Where picture files are stored on this machine: a file appears whole under its name, or not at all."""

from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

from contact.crypto.files import replace_whole


class AtomicFileStorage(FileSystemStorage):
    """Writes a temporary file and renames it; a file that had the name before is replaced."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: the same name always means the same picture."""
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with replace_whole(target, mode=0o644) as file:  # pictures are public
            for chunk in content.chunks():
                file.write(chunk)
        return name
