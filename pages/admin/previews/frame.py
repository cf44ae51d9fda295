"""The visitors' page inside the frame of a preview."""

from collections.abc import Iterable
from typing import Any

from csp.constants import SELF
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from pages.admin.previews.target import PreviewTarget
from pages.previews.preview_page import PreviewOptions, preview_page


def frame_response(request: HttpRequest, target: PreviewTarget, language: str) -> HttpResponse:
    """Answer with the visitors' page. Only our own pages may frame it, and nothing in it can be sent here."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if language not in target.languages:
        raise Http404
    addresses = {code: target.url(code) for code in target.languages}
    options = PreviewOptions(framed=True, undated=target.edition.live_from is None)
    response = preview_page(request, target.edition, language, addresses, options)
    response.content = keep_anchors_inside(response.content)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return with_policy(response, {"frame-ancestors": [SELF]})


def keep_anchors_inside(html: bytes) -> bytes:
    """Let links within the page stay in the frame; all others open in the whole window (<base>)."""
    return html.replace(b' href="#', b' target="_self" href="#')


def with_policy(response: Any, policy: dict[str, Iterable[str]]) -> HttpResponse:
    """Change the policy of this response alone, and keep robots away. The admin is never cached."""
    response._csp_replace = policy
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
