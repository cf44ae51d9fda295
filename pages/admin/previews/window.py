"""The page around the frame of a preview: choices of language and width, and the links by which it is shared."""

from dataclasses import dataclass
from typing import Any

from csp.constants import SELF
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.admin.dialogs import render_in_admin
from pages.admin.fields.languages import language_name, language_names
from pages.admin.previews.frame import with_policy
from pages.admin.previews.share_form import ShareForm
from pages.admin.previews.target import NARROW, WIDE, PreviewTarget
from pages.admin.status.moments import format_moment
from pages.languages import LANGUAGES
from pages.models import Edition
from pages.previews.share_links import unexpired_links


@dataclass(frozen=True)
class PreviewChoice:
    """A link to the same preview in another language or at another width."""

    code: str
    name: str
    url: str
    current: bool


def window_response(
    admin: ModelAdmin, request: HttpRequest, target: PreviewTarget, language: str, **more: Any
) -> HttpResponse:
    """Answer with the page around the frame; without a language, in the first one."""
    if language and language not in target.languages:
        raise Http404
    language = language or next(iter(target.languages), "")
    context = {
        **edition_context(target.edition, language),
        **share_context(admin, request, target),
        "without_title": language_names(set(LANGUAGES) - set(target.languages)),
    }
    if language:
        width = WIDE if request.GET.get("width") == WIDE else NARROW
        context |= frame_context(target, language, width)
    response: Any = render_in_admin(admin, request, "preview", **context | more)
    return with_policy(response, {"frame-src": [SELF]})


def edition_context(edition: Edition, language: str) -> dict[str, Any]:
    """Return which edition is previewed, and whether visitors see it."""
    saved = edition.pk is not None
    title = edition.head["title"].get(language) or (str(edition.page) if saved else "")
    return {
        "title": _("Preview of “%(page)s”") % {"page": title},
        "edition": edition,
        "saved": saved,
        "when_shown": when_shown(edition) if saved else "",
        "original": edition.page if saved else None,
        "incomplete": language not in edition.head["languages"],
    }


def frame_context(target: PreviewTarget, language: str, width: str) -> dict[str, Any]:
    """Return what stands in the frame, and the ways to another language and width."""
    widths = ((NARROW, _("Phone")), (WIDE, _("Computer")))
    return {
        "language_name": language_name(language),
        "frame_url": target.frame_url(language),
        "wide": width == WIDE,
        "languages": [
            PreviewChoice(code, capfirst(language_name(code)), target.url(code, width), code == language)
            for code in target.languages
        ],
        "widths": [PreviewChoice(code, name, target.url(language, code), code == width) for code, name in widths],
    }


def share_context(admin: ModelAdmin, request: HttpRequest, target: PreviewTarget) -> dict[str, Any]:
    """Return the links to a saved edition, for an editor who may change the page."""
    edition = target.edition
    saved = edition.pk is not None
    may_share = saved and bool(target.languages) and admin.has_change_permission(request, edition.page)
    links = unexpired_links(edition, at=timezone.now()) if may_share else []
    return {"may_share": may_share, "links": links, "share_form": ShareForm()}


def when_shown(edition: Edition) -> str:
    """Say whether visitors see this very edition."""
    now = timezone.now()
    if edition.live_from is None:
        return _("It is not published.")
    if edition.live_from > now:
        return _("It is published %(when)s.") % {"when": format_moment(edition.live_from)}
    if Edition.objects.live(at=now).filter(pk=edition.pk).exists():
        return _("Visitors see it now.")
    return _("It was published once. Visitors no longer see it.")
