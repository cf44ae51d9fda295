"""What a colleague without an account sees: the one edition that somebody shared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from pages.previews import share_links
from pages.previews.previews import Manner, languages_begun, preview


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the edition in the language of the address.

    Wrong, expired and withdrawn tokens, and a language that the edition does not have, are the same 404.
    The token stands in the address, so nothing that is pressed here may send it on as a referrer.
    """
    language = request.LANGUAGE_CODE
    link = share_links.opened_by(token, at=timezone.now())
    languages = languages_begun(link.edition) if link else []
    if link is None or language not in languages:
        raise Http404
    manner = Manner(until=link.expires_at, undated=link.edition.live_from is None)
    addresses = {code: address_of(token, code) for code in languages}
    response = preview(request, link.edition, language, addresses, manner)
    response["Referrer-Policy"] = "no-referrer"
    return response


def address_of(token: str, language: str) -> str:
    """Return where a token is read in a language."""
    with translation.override(language):
        return reverse("pages:shared", args=[token])
