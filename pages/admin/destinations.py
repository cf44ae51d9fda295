"""Where a link inside the site can lead: offered by title, stored as `page:12` or `contact:relative`."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pages.models import Page

# The pages of these kinds are the words over a form; a link leads to the form by its own name.
FORMS = {
    Page.Kind.CONTACT: "contact:start",
    Page.Kind.CONTACT_PATIENT: "contact:patient",
    Page.Kind.CONTACT_RELATIVE: "contact:relative",
    Page.Kind.CONTACT_REFERRER: "contact:referrer",
}


def destinations() -> list[tuple[str, str]]:
    """Return (stored link, what staff read) for every place in the site, forms first."""
    return [
        ("contact:start", _("Contact: who are you?")),
        ("contact:patient", _("The form for patients")),
        ("contact:relative", _("The form for relatives")),
        ("contact:referrer", _("The form for referrers")),
        *((f"page:{page.pk}", str(page)) for page in linkable_pages()),
    ]


def linkable_pages() -> QuerySet[Page]:
    """Return the pages that have an address of their own, in the order of the list."""
    return Page.objects.kept().exclude(kind__in=FORMS)
