"""Where a link inside the site can lead: offered by title, stored as `page:12` or `contact:relative`."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pages.links.internal import targets_in
from pages.models import Page

# The pages of these kinds are the words over a form; a link leads to the form by its own name.
FORMS = {
    Page.Kind.CONTACT: "contact:start",
    Page.Kind.CONTACT_PATIENT: "contact:patient",
    Page.Kind.CONTACT_RELATIVE: "contact:relative",
    Page.Kind.CONTACT_REFERRER: "contact:referrer",
}


def forms() -> dict[str, str]:
    """Return {stored link: what staff read} for the forms."""
    return {
        "contact:start": _("Contact: who are you?"),
        "contact:patient": _("The form for patients"),
        "contact:relative": _("The form for relatives"),
        "contact:referrer": _("The form for referrers"),
    }


def linkable_pages() -> QuerySet[Page]:
    """Return the pages that have an address of their own, in the order of the list."""
    return Page.objects.kept().exclude(kind__in=FORMS)


def named_in(texts: Any) -> dict[str, str]:
    """Return {stored link: what staff read} for the forms, and for each page that these texts lead to."""
    pages = linkable_pages().filter(pk__in=targets_in(texts))
    return forms() | {f"page:{page.pk}": str(page) for page in pages}
