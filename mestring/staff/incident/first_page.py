"""The line on the first page of all others who handle it, until it is ended."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mestring.staff.incident.opening import may_handle, tell_until, visible_incidents
from mestring.staff.models import Incident


def open_incident(user: User) -> tuple[str, str, list[tuple[str, str]]] | None:
    """Say that something has happened, each with its page and the hour until which Datatilsynet must be told."""
    found = list(visible_incidents(user)) if may_handle(user) else []
    if not found:
        return None
    named = [(_describe(one), reverse("admin:incident", args=[one.pk])) for one in found]
    return _("Something has happened, and is not ended yet."), named[0][1], named


def _describe(incident: Incident) -> str:
    words = _("Begun by %(who)s, about the account %(account)s. Datatilsynet must be told before %(until)s.")
    if not incident.account:
        words = _("Begun by %(who)s. Datatilsynet must be told before %(until)s.")
    until = date_format(timezone.localtime(tell_until(incident)), "j. F H:i")
    return words % {"who": incident.begun_by, "account": incident.username, "until": until}
