"""What the access log says that one account did since a moment: how often, with which inquiries. Never content.

The log alone is asked, so it says the same of an account that is deleted and of inquiries that are erased.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.text import capfirst

from contact.audit.hash_chain import month_of
from contact.models import AccessEntry, AuditSegment, Inquiry

Action = AccessEntry.Action
# In the order of what a stranger would do. A search shows names too, which are logged one by one.
LOOKS = (Action.LISTED, Action.NAMES_SEEN, Action.SEARCHED, Action.OPENED)
TAKEN_OUT = (Action.LIST_SAVED, Action.TABLE_SAVED, Action.TEXT_SAVED, Action.EXPORTED)
# Entries that show or carry away something of what a sender wrote.
WITH_CONTENT = (Action.NAMES_SEEN, Action.OPENED, Action.TEXT_SAVED, Action.EXPORTED)


@dataclass(frozen=True)
class TracedInquiry:
    """One inquiry that the account had to do with."""

    number: UUID
    reference: str
    is_here: bool  # not erased meanwhile


@dataclass(frozen=True)
class Deed:
    """What the account did, how often, and with which inquiries, by reference."""

    name: str
    times: int
    inquiries: list[TracedInquiry]


@dataclass(frozen=True)
class AccountTrace:
    """All that the log says of one account since a moment."""

    looks: list[Deed]
    taken_out: list[Deed]
    others: list[Deed]
    with_content: int  # inquiries of which something was seen or taken
    erased_months: list[str]  # of the log, since then


def trace_account(account: int, since: datetime) -> AccountTrace:
    """Read the log of one account. A table's text counts for each inquiry in it."""
    entries = AccessEntry.objects.filter(user_id=account, at__gte=since).order_by()
    times = dict(entries.values_list("action").annotate(times=Count("pk")))
    of_inquiries = entries.filter(inquiry_id__isnull=False)
    pairs = set(of_inquiries.values_list("action", "inquiry_id", "reference").distinct())
    here = set(Inquiry.objects.filter(pk__in=of_inquiries.values("inquiry_id")).values_list("pk", flat=True))
    inquiries = defaultdict(list)
    for action, number, reference in sorted(pairs, key=lambda pair: pair[2]):
        if number:
            inquiries[action].append(TracedInquiry(number, reference, number in here))

    def deeds(actions: list[str]) -> list[Deed]:
        names = {action: capfirst(str(Action(action).label)) for action in actions}
        return [Deed(names[action], times.get(action, 0), inquiries[action]) for action in actions]

    others = sorted(set(times) & set(Action.values) - {*LOOKS, *TAKEN_OUT}, key=Action.values.index)
    return AccountTrace(
        deeds(list(LOOKS)),
        deeds(list(TAKEN_OUT)),
        deeds(others),
        len({number for action, number, _reference in pairs if action in WITH_CONTENT}),
        erased_months(since),
    )


def erased_months(since: datetime) -> list[str]:
    """Return the months of the log, from that of a moment on, that are erased by now."""
    gone = AuditSegment.objects.filter(dropped_at__isnull=False, month__gte=month_of(since))
    return sorted(set(gone.values_list("month", flat=True)))


def accounts_that_are_gone(accounts: set[int]) -> dict[int, str]:
    """Return number and last name of the accounts in the log that are none of these."""
    gone = AccessEntry.objects.filter(user__isnull=False).exclude(user_id__in=accounts)
    return dict(gone.order_by("pk").values_list("user_id", "username"))
