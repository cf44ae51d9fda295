"""Beginning, sharing and ending it: one page for all who handle it, which the account concerned never sees."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from contact.audit.access_log import note
from contact.models import AccessEntry
from contact.permissions import holds_right
from mestring.staff.accounts.rules import ADMINISTERS
from mestring.staff.models import Incident

KEYHOLDER = "contact.change_grant"
TELL_WITHIN = timedelta(hours=72)  # GDPR art. 33, from when the clinic became aware


def may_handle(user: User) -> bool:
    """Say whether this colleague is a keyholder or administers accounts."""
    return user.has_perm(ADMINISTERS) or holds_right(user, KEYHOLDER)


def visible_incidents(user: User) -> QuerySet[Incident]:
    """Return what this colleague may see, newest first: of their own account only what they began themself."""
    return Incident.objects.filter(~Q(account=user.pk) | Q(is_own=True)).order_by("-begun_at")


@transaction.atomic
def begin(by: User, account: int, username: str, since: datetime) -> tuple[Incident, bool]:
    """Begin it, or join a colleague who has begun it for the same account; the earlier moment counts.

    Return it, and whether it is new.
    """
    incident, is_new = Incident.objects.get_or_create(
        account=account,
        is_own=account == by.pk,
        defaults={"username": username, "since": since, "begun_by": by.get_username()},
    )
    if since < incident.since:
        incident.since = since
        incident.save(update_fields=["since"])
    note(AccessEntry.Action.INCIDENT, by, _concerned(incident))
    return incident, is_new


def end(incident: Incident, by: User) -> None:
    """Take it away for all; the access log keeps that it was."""
    with transaction.atomic():
        if Incident.objects.filter(pk=incident.pk).delete()[0]:
            note(AccessEntry.Action.INCIDENT_ENDED, by, _concerned(incident))


def tell_until(incident: Incident) -> datetime:
    """Return when Datatilsynet must have been told."""
    return incident.aware_at + TELL_WITHIN


def _concerned(incident: Incident) -> User | None:
    return User(username=incident.username) if incident.account else None
