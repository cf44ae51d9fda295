"""How a colleague is named to another."""

from typing import Any

from django.utils.translation import gettext as _


def name_of_person(person: Any) -> str:
    """Return the full name, else the login name; somebody whose account is gone has none."""
    return (person.get_full_name() or person.get_username()) if person else str(_("somebody"))
