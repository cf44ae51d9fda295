"""The addresses of pages: which edition claims one, which are refused, and which are given back.

A page keeps each address that visitors have seen: as its current one, or as a former one that redirects.
"""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from pages.models import Address, Edition, Page

# Paths that no pattern claims yet or that are served before the patterns are asked.
RESERVED = {"nb", "nn", "en", "admin", "static", "media", "del"}


def claim_addresses(edition: Edition) -> None:
    """Make the slugs of the edition the current addresses of its page, in each complete language.

    Raises ValidationError when an address belongs to another page or to the site itself.
    """
    for language in edition.head["languages"]:
        if slug := edition.head["slug"].get(language):
            claim_address(edition.page, language, slug)


def claim_address(page: Page, language: str, path: str) -> None:
    """Give `path` to the page as its current address; its earlier one becomes a former one."""
    refuse_address(page, language, path)
    Address.objects.filter(page=page, language=language, current=True).exclude(path=path).update(current=False)
    # Not update_or_create: when two pages claim one path at once, it would take it from the first.
    address, _made = Address.objects.get_or_create(language=language, path=path, defaults={"page": page})
    if address.page_id != page.pk:
        raise ValidationError(_owner_sentence(address))
    if not address.current:
        address.current = True
        address.save(update_fields=["current"])


def release_unseen_addresses(edition: Edition, *, now: datetime) -> None:
    """Give back the addresses that were reserved for the edition and that no visitor has ever seen."""
    seen = {
        (language, slug)
        for head in Edition.objects.started(at=now).filter(page=edition.page_id).values_list("head", flat=True)
        for language, slug in head["slug"].items()
        if language in head["languages"]
    }
    for language, slug in edition.head["slug"].items():
        if (language, slug) not in seen:
            Address.objects.filter(page=edition.page_id, language=language, path=slug).delete()


def refuse_address(page: Page | None, language: str, path: str) -> None:
    """Raise ValidationError when `path` is reserved or is, or was, the address of another page.

    A former address is refused too: it still leads readers and other sites to that page.
    """
    if path in RESERVED or is_reserved(language, path):
        raise ValidationError(_("The address “%(path)s” is used by the site itself.") % {"path": path})
    owner = Address.objects.filter(language=language, path=path).select_related("page").first()
    if owner is not None and (page is None or owner.page_id != page.pk):
        raise ValidationError(_owner_sentence(owner))


def is_reserved(language: str, path: str) -> bool:
    """Say whether something other than a page answers at this path, for example the contact forms."""
    with translation.override(language):
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        try:
            match = resolve(f"{prefix}/{path}/")
        except Resolver404:
            return False
        return match.view_name != "pages:page"


def _owner_sentence(address: Address) -> str:
    text = _("The address “%(path)s” belongs to the page “%(page)s”.")
    return text % {"path": address.path, "page": address.page}
