"""Links that lead from file to file: they work in a folder, on a stick, and behind a web server."""

import posixpath
import re

from django.conf import settings

from pages.visits.public_address import public_address

# The folder of pictures and styles, which deploy/nginx.conf knows too. No page's address has a dot.
FILES = "emergency.files"
# Templates write `<` and `"` of words as entities, and rich text is cleaned as it is stored: a tag is a tag.
TAG = re.compile(r"<[a-z][^<>]*>")
ADDRESS = re.compile(r'(?<= )(href|src)="(/(?!/)[^"#?]*)([^"]*)"')


def file_of(path: str) -> str:
    """Return the file of the page at an address."""
    return f"{path.lstrip('/')}index.html"


def with_relative_links(html: str, path: str, copied: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Return the page with its links, and the files that it names. What has no copy gets the site's address."""
    files = set()
    folder = posixpath.dirname(file_of(path))

    def write(link: re.Match[str]) -> str:
        name, target, rest = link.groups()
        if target in copied:
            target = posixpath.relpath(file_of(target), folder or ".")
        elif target.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            files.add(target[1:])
            target = posixpath.relpath(f"{FILES}{target}", folder or ".")
        else:
            target = public_address(target)
        return f'{name}="{target}{rest}"'

    return TAG.sub(lambda tag: ADDRESS.sub(write, tag[0]), html), frozenset(files)
