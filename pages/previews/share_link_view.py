"""What a share link shows: one edition, to a colleague without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from pages.previews.preview_page import PreviewOptions, languages_begun, preview_page
from pages.previews.share_links import link_opened_by


@require_safe
def shared_edition(request: HttpRequest, token: str) -> HttpResponse:
    """Show the edition in the language of the address.

    Wrong, expired and withdrawn tokens, and a language that the edition does not have, are the same 404.
    The token stands in the address, so no link on the page may send it on as a referrer.
    """
    language = request.LANGUAGE_CODE
    link = link_opened_by(token, at=timezone.now())
    languages = languages_begun(link.edition) if link else []
    if link is None or language not in languages:
        raise Http404
    options = PreviewOptions(
        until=link.expires_at, undated=link.edition.live_from is None, several_languages=len(languages) > 1
    )
    addresses = {code: share_address(token, code) for code in languages}
    response = preview_page(request, link.edition, language, addresses, options)
    response["Referrer-Policy"] = "no-referrer"
    return response


def share_address(token: str, language: str) -> str:
    """Return where a token is read in a language."""
    with translation.override(language):
        return reverse("pages:shared", args=[token])
