"""A preview in the admin: a page around the frame in which the visitors' page is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from csp.constants import SELF
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.admin.dialogs import ask
from pages.admin.fields.languages import language_name, language_names
from pages.admin.previews.share_form import ShareForm
from pages.admin.status.moments import format_moment
from pages.languages import LANGUAGES
from pages.models import Edition
from pages.previews.form_snapshots import stored_form_snapshot
from pages.previews.preview_page import PreviewOptions, languages_begun, preview_page
from pages.previews.share_links import unexpired_links

NARROW, WIDE = "narrow", "wide"


@dataclass(frozen=True)
class Choice:
    """A link to the same preview in another language or at another width."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Shown:
    """What is looked at, and the addresses of its preview."""

    edition: Edition
    address: str
    numbers: tuple[Any, ...]

    @property
    def languages(self) -> list[str]:
        """Return the languages in which there is something to see."""
        return languages_begun(self.edition)

    def url(self, language: str, width: str = NARROW) -> str:
        """Return the page around the frame."""
        query = f"?width={width}" if width == WIDE else ""
        return reverse(f"admin:pages_page_{self.address}", args=[*self.numbers, language]) + query

    def frame_url(self, language: str) -> str:
        """Return what stands in the frame."""
        return reverse(f"admin:pages_page_{self.address}_frame", args=[*self.numbers, language])


def edition_view(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, language: str = ""
) -> HttpResponse:
    """Show any edition of a page, with the links by which it is shared."""
    return shell(admin, request, edition_shown(admin, request, page_id, edition_id), language)


def edition_frame(
    admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int, language: str
) -> HttpResponse:
    """Show the edition itself, for the frame."""
    return frame(request, edition_shown(admin, request, page_id, edition_id), language)


def form_view(admin: ModelAdmin, request: HttpRequest, key: UUID, language: str = "") -> HttpResponse:
    """Show what the form said when the button was pressed."""
    shown = form_shown(admin, request, key)
    if shown is None:
        gone = ask(admin, request, "preview_gone", title=_("This preview is no longer kept"))
        gone.status_code = 404
        return gone
    return shell(admin, request, shown, language)


def form_frame(admin: ModelAdmin, request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """Show what the form said, for the frame."""
    shown = form_shown(admin, request, key)
    if shown is None:
        raise Http404
    return frame(request, shown, language)


def edition_shown(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> Shown:
    """Return an edition of this very page, for whoever may open the page's form."""
    edition = (
        Edition.objects.filter(pk=edition_id, page=page_id, page__deleted_at=None)
        .select_related("page", "saved_by")
        .first()
    )
    if not admin.has_view_permission(request, edition and edition.page):
        raise PermissionDenied
    if edition is None:
        raise Http404
    return Shown(edition, "preview_edition", (page_id, edition_id))


def form_shown(admin: ModelAdmin, request: HttpRequest, key: UUID) -> Shown | None:
    """Return what the same person's form said within the last hour."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    by: Any = request.user
    edition = stored_form_snapshot(key, by=by, at=timezone.now())
    return Shown(edition, "preview_form", (key,)) if edition else None


def shell(admin: ModelAdmin, request: HttpRequest, shown: Shown, language: str, **more: Any) -> HttpResponse:
    """Answer with the page around the frame."""
    edition, languages = shown.edition, shown.languages
    if language and language not in languages:
        raise Http404
    language = language or next(iter(languages), "")
    width = WIDE if request.GET.get("width") == WIDE else NARROW
    saved = edition.pk is not None
    may_share = saved and bool(languages) and admin.has_change_permission(request, edition.page)
    title = edition.head["title"].get(language) or (str(edition.page) if saved else "")
    context: dict[str, Any] = {
        "title": _("Preview of “%(page)s”") % {"page": title},
        "edition": edition,
        "saved": saved,
        "when_shown": when_shown(edition) if saved else "",
        "original": edition.page if saved else None,
        "language_name": language_name(language) if language else "",
        "frame_url": shown.frame_url(language) if language else "",
        "wide": width == WIDE,
        "languages": [
            Choice(code, capfirst(language_name(code)), shown.url(code, width), code == language)
            for code in languages
        ],
        "widths": [
            Choice(code, name, shown.url(language, code), code == width)
            for code, name in ((NARROW, _("Phone")), (WIDE, _("Computer")))
        ] if language else [],
        "without_title": language_names(set(LANGUAGES) - set(languages)),
        "incomplete": language not in edition.head["languages"],
        "may_share": may_share,
        "links": unexpired_links(edition, at=timezone.now()) if may_share else [],
        "share_form": ShareForm(),
    }  # fmt: skip
    response: Any = ask(admin, request, "preview", **context | more)
    return uncached(response, {"frame-src": [SELF]})


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


def frame(request: HttpRequest, shown: Shown, language: str) -> HttpResponse:
    """Answer with the visitors' page. Only our own pages may frame it, and nothing in it can be sent here."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if language not in shown.languages:
        raise Http404
    addresses = {code: shown.url(code) for code in shown.languages}
    options = PreviewOptions(framed=True, undated=shown.edition.live_from is None)
    response = preview_page(request, shown.edition, language, addresses, options)
    response.content = inside_frame(response.content)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return uncached(response, {"frame-ancestors": [SELF]})


def inside_frame(html: bytes) -> bytes:
    """Let links within the page stay in the frame; all others open in the whole window (<base>)."""
    return html.replace(b' href="#', b' target="_self" href="#')


def uncached(response: Any, policy: dict[str, Iterable[str]]) -> HttpResponse:
    """Change the policy of this answer alone, and keep robots away. The admin is never cached."""
    response._csp_replace = policy
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
