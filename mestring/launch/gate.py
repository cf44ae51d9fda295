"""The launch gate: whether the public forms take inquiries. The setting INQUIRY_GATE names it; contact asks it."""

import time

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Exists

from contact.keys.key_holders import is_paper_proven, proven_papers, server_grants
from pages.models import LaunchConfirmation
from pages.models.launch import is_complete

# Each process remembers an open gate this long, so that a form costs no more queries than another page. A
# closed gate is asked anew each time, so that it opens the moment an administrator confirms the last item.
REMEMBER_FOR = 10.0  # seconds
_open = {"until": 0.0}


def forms_are_open() -> bool:
    """Return whether inquiries are taken: always in the demo; live, once it is launched and only staff can open.

    A site is launched by the list, which asks for two colleagues who can open the inbox, and by the proof of the
    recovery paper. A colleague who leaves later closes no form: people who ask for help are not turned away.

    When the database is away the gate is open: nothing can be stored then either, and a form that says so and
    keeps the typed words is better than no form. In an upgrade it is closed, in the demo too: that is known
    before a sender begins to write.
    """
    if settings.WRITES_PAUSED:
        return False
    if settings.MODE == "demo" or time.monotonic() < _open["until"]:
        return True
    try:
        # One query while closed: without a proven paper, or while the server opens the inbox, none counts.
        confirmed = LaunchConfirmation.objects.filter(Exists(proven_papers()), ~Exists(server_grants())).count()
        is_open = is_complete(confirmed) and is_paper_proven()
    except DatabaseError:
        return True
    if is_open:
        _open["until"] = time.monotonic() + REMEMBER_FOR
        return True
    return False
