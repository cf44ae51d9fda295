"""What is previewed, an edition or what a form said, with the addresses of its preview."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from pages.models import Edition
from pages.previews.form_snapshots import stored_form_snapshot
from pages.previews.preview_page import languages_begun

NARROW, WIDE = "narrow", "wide"


@dataclass(frozen=True)
class PreviewTarget:
    """An edition, stored or not, and the name and arguments of the address where it is previewed."""

    edition: Edition
    url_name: str
    url_args: tuple[Any, ...]

    @property
    def languages(self) -> list[str]:
        """Return the languages in which there is something to see."""
        return languages_begun(self.edition)

    def url(self, language: str, width: str = NARROW) -> str:
        """Return the address of the page around the frame."""
        query = f"?width={width}" if width == WIDE else ""
        return reverse(f"admin:pages_page_{self.url_name}", args=[*self.url_args, language]) + query

    def frame_url(self, language: str) -> str:
        """Return the address of what stands in the frame."""
        return reverse(f"admin:pages_page_{self.url_name}_frame", args=[*self.url_args, language])


def edition_target(admin: ModelAdmin, request: HttpRequest, page_id: int, edition_id: int) -> PreviewTarget:
    """Return an edition of this very page, for an editor who may open the page's form."""
    edition = (
        Edition.objects.filter(pk=edition_id, page=page_id, page__deleted_at=None)
        .select_related("page", "saved_by")
        .first()
    )
    if not admin.has_view_permission(request, edition and edition.page):
        raise PermissionDenied
    if edition is None:
        raise Http404
    return PreviewTarget(edition, "preview_edition", (page_id, edition_id))


def form_target(admin: ModelAdmin, request: HttpRequest, key: UUID) -> PreviewTarget | None:
    """Return what the same editor's form said within the last hour; None when it is no longer kept."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    by: Any = request.user
    edition = stored_form_snapshot(key, by=by, at=timezone.now())
    return PreviewTarget(edition, "preview_form", (key,)) if edition else None
