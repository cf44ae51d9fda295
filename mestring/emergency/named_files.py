"""Pictures and styles that copies name, read from where the site keeps them."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage

NAMED = re.compile(r"""(?:@import\s+|url\()["']?([^"')]+)""")


def content_of(name: str) -> bytes:
    """Return a file's bytes. Raises FileNotFoundError."""
    folder, inner = _place(name)
    if folder == "media":
        with default_storage.open(inner) as picture:
            return bytes(picture.read())
    try:
        with staticfiles_storage.open(inner) as file:
            return bytes(file.read())
    except FileNotFoundError:
        if found := finders.find(inner):  # not collected: what stands in the source serves as well
            return Path(found).read_bytes()
        raise


def named_in(name: str, content: bytes) -> Iterator[str]:
    """Yield the files that a stylesheet names: its font, and in tests the stylesheets that it is made of."""
    if name.endswith(".css"):
        for target in NAMED.findall(content.decode()):
            if not target.startswith(("data:", "#", "/", "http")):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(name), target.partition("#")[0]))


def _place(name: str) -> tuple[str, str]:
    if name.startswith(settings.MEDIA_URL[1:]):
        return "media", name.removeprefix(settings.MEDIA_URL[1:])
    return "static", name.removeprefix(settings.STATIC_URL[1:])
