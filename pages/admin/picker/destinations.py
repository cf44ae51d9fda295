"""Where a link inside the site can lead: chosen by title, stored as `page:12` or `contact:relative`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pages.links.internal import targets_in
from pages.models import Page

# Pages of these kinds hold the words over a form; a link leads to the form by its own name.
FORMS = {
    Page.Kind.CONTACT: "contact:start",
    Page.Kind.CONTACT_PATIENT: "contact:patient",
    Page.Kind.CONTACT_RELATIVE: "contact:relative",
    Page.Kind.CONTACT_REFERRER: "contact:referrer",
}
PARENT, LINK, MORE = "parent", "link", "more"  # what a page is chosen for


def form_names() -> dict[str, str]:
    """Return {stored link: name for staff} of the forms."""
    return {
        "contact:start": _("Contact: who are you?"),
        "contact:patient": _("The form for patients"),
        "contact:relative": _("The form for relatives"),
        "contact:referrer": _("The form for referrers"),
    }


def linkable_pages() -> QuerySet[Page]:
    """Return the pages that have an address of their own, in the order of the list."""
    return Page.objects.kept().exclude(kind__in=FORMS)


def pages_for(purpose: str | None) -> QuerySet[Page]:
    """Return the pages that can be chosen: to lie under, to link to, or to read more on."""
    if purpose == PARENT:
        return Page.objects.kept().exclude(kind__in=Page.ONLY_ONE)
    return linkable_pages() if purpose == LINK else Page.objects.kept()


def link_names(texts: Any) -> dict[str, str]:
    """Return {stored link: name for staff} of the forms, and of each page that these texts link to."""
    pages = linkable_pages().filter(pk__in=targets_in(texts))
    return form_names() | {f"page:{page.pk}": str(page) for page in pages}
