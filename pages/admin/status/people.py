"""How a colleague is named to another."""

from typing import Any

from django.utils.translation import gettext as _


def name_of_person(person: Any) -> str:
    """Return the full name, else the login name; somebody whose account is gone has none."""
    return (person.get_full_name() or person.get_username()) if person else str(_("somebody"))


def name_of_editor(edition: Any) -> str:
    """Return who saved an edition; where no person did, what its note says of where it came from."""
    if edition.saved_by:
        return name_of_person(edition.saved_by)
    return str(edition.note or _("not known any more"))
