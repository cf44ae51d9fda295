"""The files of a picture in the storage: made together, removed together."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pages.imaging.geometry import landscape_box, widths_for
from pages.models import Picture
from pages.models.picture import FOLDER, WHOLE

ORIGINALS = "originals"  # beside the folder that is served, so that no web server can hand one out


class WrittenFiles(list[str]):
    """The files that one use case wrote, to be removed when it fails."""

    def write(self, name: str, content: bytes) -> None:
        """Write one file, over a file with the same name."""
        self.append(name)
        default_storage.save(name, ContentFile(content))

    def remove_all(self) -> None:
        """Remove them again."""
        _remove(self)


def make_files(picture: Picture, image: Any, stem: str, written: WrittenFiles) -> None:
    """Make every width and format of the whole picture, or of its crop, and name them on the row."""
    # Imported here and below: Pillow takes 10 MB of a process, and most processes never see an upload.
    from pages.imaging import renditions

    if stem != WHOLE:
        box = landscape_box(picture.width, picture.height, picture.focus_x, picture.focus_y)
        image = renditions.crop(image, box)
    for name, content in renditions.make_renditions(image, stem, ["avif", "webp", picture.fallback]):
        written.write(f"{FOLDER}/{picture.key}/{name}", content)
    picture.renditions[stem] = widths_for(image.width)


def original_name(picture: Picture) -> str:
    """Return the name of the original in the storage."""
    return f"{ORIGINALS}/{picture.key}.{picture.fallback}"


def read_original(picture: Picture) -> Any:
    """Return the original, from which renditions are made."""
    from PIL import Image

    with default_storage.open(original_name(picture)) as file:
        image = Image.open(file)
        image.load()
    return image


def remove_all(picture: Picture) -> None:
    """Remove every file in the picture's folder, also those of another request, the folder, and the original."""
    folder = f"{FOLDER}/{picture.key}"
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        names = []
    _remove([*(f"{folder}/{name}" for name in names), folder, original_name(picture)])


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
