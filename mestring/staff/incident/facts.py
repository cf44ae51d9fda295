"""What the page knows: whether the account is stopped, what it did by the log, and what Datatilsynet asks for."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from contact.admin.wording.log_sentences import log_lines
from contact.audit.account_trace import trace_account
from contact.keys.sessions import sessions_of
from contact.models import AccessEntry
from contact.permissions import may_read_inbox
from mestring.staff.incident.opening import tell_until
from mestring.staff.models import Incident

Action = AccessEntry.Action
MEASURES = (
    Action.LOGINS_ENDED, Action.ACCOUNT_CLOSED, Action.PASSWORD_TAKEN, Action.SECOND_FACTOR_RESET,
    Action.SIGN_ON_UNLINKED, Action.REVOKED,
)  # fmt: skip
WITHOUT_ONE = (Action.GENERATION, Action.PAPER_REPLACED)  # measures that are about no colleague


def facts_of(incident: Incident, by: User) -> dict[str, Any]:
    """Return the context of the page: numbers and references, with links for a colleague who reads the inbox."""
    person = User.objects.filter(pk=incident.account).first()
    until = tell_until(incident)
    return {
        "person": person,
        "is_own": person == by,
        "open_logins": len(sessions_of(person)) if person else 0,
        "trace": trace_account(incident.account, incident.since) if incident.account else None,
        "reads": may_read_inbox(by),
        "until": until,
        "is_late": until < timezone.now(),
        "measures": log_lines(_measures(incident)),
    }


def _measures(incident: Incident) -> list[AccessEntry]:
    """Return what was done since it was begun, oldest first."""
    since = AccessEntry.objects.filter(at__gte=incident.begun_at).order_by("at", "pk")
    about = since.filter(action__in=MEASURES, about=incident.username) if incident.account else since.none()
    return list((about | since.filter(action__in=WITHOUT_ONE))[:100])
