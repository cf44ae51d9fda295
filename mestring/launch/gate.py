"""When the public forms take inquiries (the setting INQUIRY_GATE names this; the contact room asks it)."""

import time

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Exists

from contact.keys.key_holders import proven_paper
from pages.models import LaunchConfirmation
from pages.models.launch import is_complete

# An open gate is remembered this long by each process, so that a form costs no more queries than another
# page. A closed one is asked anew each time: what an administrator opens is open at once.
REMEMBERED = 10.0  # seconds
_open = {"until": 0.0}


def forms_are_open() -> bool:
    """Say whether inquiries are taken: in the demo always, live when launch list and recovery paper are done.

    When the database cannot be asked, yes: nothing can be stored then either, and a form that says so and
    keeps what was typed is better than one that is not there.
    """
    if settings.MODE == "demo" or time.monotonic() < _open["until"]:
        return True
    try:
        # One query: without a proven paper no confirmation counts.
        confirmed = LaunchConfirmation.objects.filter(Exists(proven_paper())).count()
    except DatabaseError:
        return True
    if is_complete(confirmed):
        _open["until"] = time.monotonic() + REMEMBERED
        return True
    return False
