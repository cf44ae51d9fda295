"""What the first page says of the week's trial inquiries (contact.rehearsal): a line to act on, or a quiet one."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from contact.models import AccessEntry
from contact.rehearsal.state import last_week
from contact.sender.views.forms_closed import forms_are_open

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DashboardLine = tuple[str, str]


def missing_rehearsals(user: "User") -> DashboardLine | None:
    """Trial inquiries that did not arrive: what people send may not either, and the operator has to look.

    Nothing while the forms are closed: none is sent then, and the page itself asks people to ring.
    """
    week = last_week(timezone.now())
    if week is None or week.is_whole or not forms_are_open():
        return None
    words = gettext(
        "The trial inquiries that the website sends itself did not all arrive this week. "
        "Tell the person who runs the website."
    )
    return words, _rehearsals()


def rehearsals_that_arrived(user: "User") -> DashboardLine | None:
    """Say that they did, so that a colleague notices a week without the line."""
    week = last_week(timezone.now())
    if week is None or not week.is_whole or week.last is None:
        return None
    last = timezone.localtime(week.last)
    words = gettext(
        "The trial inquiries that the website sends itself arrived every night this week, "
        "last on %(day)s at %(time)s."
    )
    day = date_format(last, pgettext("date format", "j F Y"), use_l10n=False)
    return words % {"day": day, "time": f"{last:%H:%M}"}, _rehearsals()


def _rehearsals() -> str:
    return f"{reverse('admin:contact_accessentry_changelist')}?action__exact={AccessEntry.Action.REHEARSED}"
