"""The guides for staff: docs/editors.md and docs/inbox.md, read on a code-hosting site and in the admin alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from pages.richtext.slugs import slug_from

if TYPE_CHECKING:
    from markdown_it.token import Token

DOCS: Path = settings.BASE_DIR / "docs"
PICTURES = "pictures/guide/"  # as the text names them; below STATIC_URL the folder is called as here:
STATIC_FOLDER = "guide/"
DENSITY = 2  # pixels of a picture to one of the screen it was taken from


@dataclass(frozen=True)
class Section:
    """A heading of the guide and where it leads."""

    id: str
    title: str
    parts: list["Section"] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    """The guide as HTML: what stands above the contents, the contents, and the rest."""

    title: str
    opening: SafeString
    contents: list[Section]
    body: SafeString


def guide_view(site: AdminSite, request: HttpRequest, name: str = "editors") -> HttpResponse:
    """Show a guide to anybody who may log in."""
    guide = read_guide(name)
    context = {**site.each_context(request), "title": guide.title, "guide": guide}
    return TemplateResponse(request, "admin/guide.html", context)


@cache
def read_guide(name: str) -> Guide:
    """Return a guide, read once per process: the file changes with the code only."""
    return rendered((DOCS / f"{name}.md").read_text(encoding="utf-8"))


def rendered(text: str) -> Guide:
    """Return a markdown text as a guide: its first line is the title, `##` the parts, `###` the sections."""
    from markdown_it import MarkdownIt  # here, as loading it would add to every start of the site

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    title, *tokens = in_outline(markdown.parse(text))
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), len(tokens))
    html = [markdown.renderer.render(part, markdown.options, {}) for part in (tokens[:first], tokens[first:])]
    opening, body = (mark_safe(part) for part in html)  # noqa: S308 (from our own file, with HTML in it escaped)
    return Guide(title.content, opening, contents_of(tokens), body)


def in_outline(tokens: list["Token"]) -> Iterator["Token"]:
    """Return the words of the title, then what follows it, headings and pictures made ready for the page."""
    yield tokens[1]
    for token, following in zip(tokens[3:], [*tokens[4:], None], strict=True):
        if token.type == "heading_open" and following:
            token.attrSet("id", slug_from(following.content))
        for child in token.children or []:
            if child.type == "image":
                place_picture(child)
        yield token


def contents_of(tokens: list["Token"]) -> list[Section]:
    """Return the parts of the guide, each with its sections."""
    contents: list[Section] = []
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            section = Section(str(token.attrGet("id")), following.content)
            (contents if token.tag == "h2" else contents[-1].parts).append(section)
    return contents


def place_picture(image: "Token") -> None:
    """Lead to where the picture is served, and say how large it is, so that nothing jumps when it comes."""
    from PIL import Image  # here, as the decoders are large and most processes never need them

    source: Any = image.attrGet("src")
    with Image.open(DOCS / source) as picture:
        width, height = picture.size
    image.attrSet("src", static(STATIC_FOLDER + source.removeprefix(PICTURES)))
    image.attrSet("width", str(width // DENSITY))
    image.attrSet("height", str(height // DENSITY))
    image.attrSet("loading", "lazy")
