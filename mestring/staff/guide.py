"""The guides for staff in the admin: docs/editors.md and docs/inbox.md, the same text as in the repository."""

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
PICTURES = "pictures/guide/"  # the folder as the text names it
STATIC_FOLDER = "guide/"  # the same folder below STATIC_URL
DENSITY = 2  # pixels of a picture for each pixel of the screen it was taken from


@dataclass(frozen=True)
class GuideSection:
    """A heading of the guide, the id that leads to it, and the headings below it."""

    id: str
    title: str
    parts: list["GuideSection"] = field(default_factory=list)


@dataclass(frozen=True)
class Guide:
    """A guide as HTML: its opening, its contents, and its body."""

    title: str
    opening: SafeString
    contents: list[GuideSection]
    body: SafeString


def guide_view(site: AdminSite, request: HttpRequest, name: str = "editors") -> HttpResponse:
    """Show a guide to a colleague who may log in."""
    guide = read_guide(name)
    context = {**site.each_context(request), "title": guide.title, "guide": guide}
    return TemplateResponse(request, "admin/guide.html", context)


@cache
def read_guide(name: str) -> Guide:
    """Return a guide. Each process reads it once: the file changes with the code alone."""
    return render_guide((DOCS / f"{name}.md").read_text(encoding="utf-8"))


def render_guide(text: str) -> Guide:
    """Return a Markdown text as a guide: its first line is the title, `##` begins a part, `###` a section."""
    from markdown_it import MarkdownIt  # here: at the top, every start of the site would load it

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    title, *tokens = prepare_tokens(markdown.parse(text))
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), len(tokens))
    html = [markdown.renderer.render(part, markdown.options, {}) for part in (tokens[:first], tokens[first:])]
    opening, body = (mark_safe(part) for part in html)  # noqa: S308 (from our own file, with HTML in it escaped)
    return Guide(title.content, opening, contents_of(tokens), body)


def prepare_tokens(tokens: list["Token"]) -> Iterator["Token"]:
    """Give the title, then the tokens after it, with an id for each heading and an address for each picture."""
    yield tokens[1]
    for token, following in zip(tokens[3:], [*tokens[4:], None], strict=True):
        if token.type == "heading_open" and following:
            token.attrSet("id", slug_from(following.content))
        for child in token.children or []:
            if child.type == "image":
                place_picture(child)
        yield token


def contents_of(tokens: list["Token"]) -> list[GuideSection]:
    """Return the parts of the guide, each with its sections."""
    contents: list[GuideSection] = []
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            section = GuideSection(str(token.attrGet("id")), following.content)
            (contents if token.tag == "h2" else contents[-1].parts).append(section)
    return contents


def place_picture(image: "Token") -> None:
    """Set the picture's served address, and its size, so that the text does not move when it arrives."""
    from PIL import Image  # here: its decoders are large, and most processes never need them

    source: Any = image.attrGet("src")
    with Image.open(DOCS / source) as picture:
        width, height = picture.size
    image.attrSet("src", static(STATIC_FOLDER + source.removeprefix(PICTURES)))
    image.attrSet("width", str(width // DENSITY))
    image.attrSet("height", str(height // DENSITY))
    image.attrSet("loading", "lazy")
