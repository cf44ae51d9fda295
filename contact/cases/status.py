"""The status of a case: closing it, after which it is erased in time; reopening it; marking it as spam.

The colleague who closes says whether the case is recorded in the patient journal.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from contact.audit import access_log
from contact.cases.deadlines import end_promise, stop_waiting_for_spam, wait_since_receipt
from contact.cases.unread import UnseenEntry, is_unread, newest_entry, with_looks
from contact.models import AccessEntry, Inquiry
from contact.retention.erasure import lock_inquiry

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = AccessEntry.Action


def close(inquiry: Inquiry, user: "User", journal: str) -> bool:
    """Close a case with the colleague's answer about the journal, a value of `Inquiry.Journal`.

    Return False, and change nothing, when it is closed already. Raises ValueError for another answer.
    """
    answer = Inquiry.Journal(journal)
    journaled = Action.JOURNALED if answer == Inquiry.Journal.RECORDED else Action.NOT_JOURNALED
    return _change(inquiry, Inquiry.Status.CLOSED, [Action.CLOSED, journaled], user, answer)


def close_when_all_seen(inquiry: Inquiry, user: "User", journal: str, *, seen: str) -> bool:
    """Close a case whose page showed every entry: `seen` is the newest entry on that page, or "".

    Words that arrive while the colleague reads are neither closed nor, later, erased unread.
    Raises UnseenEntry, Erased.
    """
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        if str(newest_entry(row) or "") != seen or is_unread(with_looks(Inquiry.objects.filter(pk=row.pk)).get()):
            raise UnseenEntry
        return close(inquiry, user, journal)


def reopen(inquiry: Inquiry, user: "User | None") -> None:
    """Reopen a case; without a user, because its sender has written.

    A case is not erased while it is open, and closing it again asks about the journal again.
    """
    _change(inquiry, Inquiry.Status.OPEN, [Action.REOPENED], user)


def _change(
    inquiry: Inquiry,
    status: Inquiry.Status,
    actions: list[AccessEntry.Action],
    user: "User | None",
    journal: str = "",
) -> bool:
    closed_at = timezone.now() if status == Inquiry.Status.CLOSED else None
    with transaction.atomic():
        # One statement decides: a second click changes nothing and is not logged twice.
        rows = Inquiry.objects.filter(pk=inquiry.pk).exclude(status=status)
        # A closed case has no next step; its page says so before.
        none = {"next_step_at": None, "next_step_owner": None}
        changed = bool(rows.update(status=status, closed_at=closed_at, journal=journal, **none))
        if changed:
            end_promise(inquiry)
            for action in actions:
                access_log.note(action, user, inquiry=inquiry)
    inquiry.refresh_from_db(fields=["status", "closed_at", "journal"])
    return changed


def mark_spam(inquiry: Inquiry, user: "User") -> None:
    """Mark as spam: unless it is a thread, it is erased once no colleague does more with it. Raises Erased."""
    _quarantine(inquiry, user, Action.SPAM, stop_waiting_for_spam)


def mark_no_spam(inquiry: Inquiry, user: "User") -> None:
    """Take an inquiry out of quarantine: from now on it stays until a colleague closes it. Raises Erased."""
    _quarantine(inquiry, user, Action.NOT_SPAM, wait_since_receipt)


def _quarantine(
    inquiry: Inquiry, user: "User", action: AccessEntry.Action, wait: Callable[[Inquiry], None]
) -> None:
    is_spam = action == Action.SPAM
    with transaction.atomic():
        row = lock_inquiry(inquiry)
        if Inquiry.objects.filter(pk=row.pk, quarantined=not is_spam).update(quarantined=is_spam):
            wait(row)
            access_log.note(action, user, inquiry=inquiry)
