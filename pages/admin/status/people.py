"""The names of colleagues, as staff read them."""

from typing import Any

from django.utils.translation import gettext as _


def name_of_person(person: Any) -> str:
    """Return the full name, else the login name; the person of a deleted account has no name any more."""
    return (person.get_full_name() or person.get_username()) if person else str(_("a former colleague"))


def name_of_editor(edition: Any) -> str:
    """Return the name of the editor who saved an edition; without one, its note, which says where it came from."""
    if edition.saved_by:
        return name_of_person(edition.saved_by)
    return str(edition.note or _("not known any more"))
