"""Where picture files are stored on this machine: a file appears whole under its name, or not at all."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from contact.crypto.files import replace_whole


class AtomicFileStorage(FileSystemStorage):
    """Writes a temporary file and renames it; a file that had the name before is replaced."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself: the same name always means the same picture."""
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        make_folders(target.parent, Path(self.location))
        with replace_whole(target, mode=0o644) as file:  # pictures are public
            for chunk in content.chunks():
                file.write(chunk)
        return name


def make_folders(folder: Path, inside: Path) -> None:
    """Make a folder of pictures, and those above it, readable for the delivery process too."""
    for path in (inside, *(inside / part for part in reversed(folder.relative_to(inside).parents)), folder):
        if not path.exists():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS or 0o750)
