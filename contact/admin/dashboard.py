"""The inbox's lines on the first page of the admin: what waits for a colleague, each with the page that mends it.

A line is a sentence and an address. The project joins these lines with those of the other app.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contact.admin.inbox import counts
from contact.admin.inbox.counts import capped_count
from contact.admin.rehearsals import missing_rehearsals, rehearsals_that_arrived
from contact.cases import deadlines
from contact.keys import ceremony
from contact.keys.inbox_openers import can_none_open
from contact.models import ErasureRequest, Inquiry, StaffKey
from contact.notifications.outbox import is_failing
from contact.retention import erasing_round

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DashboardLine = tuple[str, str]

INBOX = "admin:contact_inquiry_changelist"
KEYRING = "admin:contact_grant_changelist"


def failing_mail(user: "User") -> DashboardLine | None:
    """Mail does not get through: colleagues do not hear of what comes in, and have to look themselves."""
    if not is_failing():
        return None
    return gettext("Mail does not get through. Look into the inbox yourself."), reverse(INBOX)


def stopped_erasing(user: "User") -> DashboardLine | None:
    """Nothing is erased any more, because something looks wrong: the operator has to look."""
    why = erasing_round.reason_stopped()
    words = gettext("Nothing is being erased: %(why)s") % {"why": why}
    return (words, reverse("admin:contact_erasinground_changelist")) if why else None


def inquiries_to_be_erased(user: "User") -> DashboardLine | None:
    """Inquiries that a colleague has asked to erase: another one may know better, and has a day to stop it."""
    first = ErasureRequest.objects.order_by("due_at").first()
    if first is None:
        return None
    count = ErasureRequest.objects.count()
    words = ngettext(
        "%(count)d inquiry is erased within a day, because a colleague decided so.",
        "%(count)d inquiries are erased within a day, because colleagues decided so.",
        count,
    )
    return words % {"count": count}, reverse("admin:contact_inquiry_change", args=[first.inquiry_id])


def overdue_inquiries(user: "User") -> DashboardLine | None:
    """Inquiries whose senders have waited for longer than they should."""
    count = capped_count(deadlines.overdue_inquiries(timezone.now()))
    words = ngettext(
        "%(count)d inquiry should have been answered by now.",
        "%(count)d inquiries should have been answered by now.",
        count,
    )
    more_than = gettext("More than %(count)d inquiries should have been answered by now.")
    return _count_line(words, more_than, count, "over")


def overdue_steps(user: "User") -> DashboardLine | None:
    """Cases whose next step should have been taken by now: a sender may sit by the telephone."""
    count = capped_count(deadlines.overdue_steps(timezone.now()))
    words = ngettext(
        "%(count)d next step should have been taken by now.",
        "%(count)d next steps should have been taken by now.",
        count,
    )
    more_than = gettext("More than %(count)d next steps should have been taken by now.")
    return _count_line(words, more_than, count, "today")


def my_steps_today(user: "User") -> DashboardLine | None:
    """Count the steps that this colleague has taken on for today."""
    count = capped_count(deadlines.steps_until_tonight(timezone.now()).filter(next_step_owner=user))
    words = ngettext("%(count)d next step is yours today.", "%(count)d next steps are yours today.", count)
    more_than = gettext("More than %(count)d next steps are yours today.")
    return _count_line(words, more_than, count, "today")


def inquiries_open_too_long(user: "User") -> DashboardLine | None:
    """Inquiries that have been open for so long that a colleague should decide; none is erased by itself."""
    count, days = capped_count(deadlines.inquiries_open_too_long()), settings.INQUIRY_ESCALATION_DAYS
    words = ngettext(
        "%(count)d inquiry has been open for more than %(days)d days.",
        "%(count)d inquiries have been open for more than %(days)d days.",
        count,
    )
    more_than = gettext("More than %(count)d inquiries have been open for more than %(days)d days.")
    return _count_line(words, more_than, count, "long", days=days)


def open_inquiries(user: "User") -> DashboardLine | None:
    """Inquiries that no colleague has closed. What may be spam counts too: it is never dropped unread."""
    count = capped_count(Inquiry.objects.filter(status=Inquiry.Status.OPEN))
    words = ngettext("%(count)d inquiry is open.", "%(count)d inquiries are open.", count)
    more_than = gettext("More than %(count)d inquiries are open.")
    return _count_line(words, more_than, count, "open")


def my_inbox_passphrase(user: "User") -> DashboardLine | None:
    """Each reader needs a key, and then to be let in; in the demo only once a colleague has one."""
    page, mine = reverse("admin:contact_staffkey_changelist"), StaffKey.objects.filter(user=user).first()
    if mine is None:
        is_due = settings.MODE == "live" or StaffKey.objects.exists()
        return (gettext("Choose your inbox passphrase."), page) if is_due else None
    if mine.grants.exists():
        return None
    return gettext("Read out your code to a keyholder, who lets you into the inbox."), page


def few_key_owners(user: "User") -> DashboardLine | None:
    """Too few colleagues have a key: one alone is ill some day; without any, only the demo or the paper opens."""
    if can_none_open():
        return None  # it stands in red on every page (mestring.staff.site)
    number = ceremony.few_can_open()
    if number is None:
        return None
    if number == 0:
        words = gettext("No colleague has a key of their own to the inbox yet. Four steps, and it is done.")
        return words, reverse(KEYRING)
    words = ngettext(
        "Only %(count)d colleague has a key of their own to the inbox. There should be two or more.",
        "%(count)d colleagues have a key of their own to the inbox. There should be two or more.",
        number,
    )
    return words % {"count": number}, reverse(KEYRING)


def waiting_colleagues(user: "User") -> DashboardLine | None:
    """Colleagues who have chosen a passphrase, and the new key that is due after a removed one used the old."""
    state = ceremony.Ceremony()
    count = len(state.waiting)
    if state.generation_due and state.newest_gone:
        return gettext("The inbox needs a new key: the newest is missing in the database."), reverse(KEYRING)
    if state.generation_due:
        return gettext("The inbox needs a new key: a colleague was removed, or has a new one."), reverse(KEYRING)
    words = ngettext(
        "%(count)d colleague waits to be let into the inbox.",
        "%(count)d colleagues wait to be let into the inbox.",
        count,
    )
    return (words % {"count": count}, reverse(KEYRING)) if count else None


# The right that sees a line, and the function that makes it; what is most urgent to senders comes first.
LINES: list[tuple[str, Callable[["User"], DashboardLine | None]]] = [
    ("contact.view_inquiry", failing_mail),
    ("contact.view_inquiry", missing_rehearsals),
    ("contact.view_inquiry", stopped_erasing),
    ("contact.change_inquiry", inquiries_to_be_erased),
    ("contact.view_inquiry", overdue_inquiries),
    ("contact.view_inquiry", overdue_steps),
    ("contact.view_inquiry", my_steps_today),
    ("contact.view_inquiry", inquiries_open_too_long),
    ("contact.view_inquiry", open_inquiries),
    ("contact.change_grant", few_key_owners),
    ("contact.change_inquiry", my_inbox_passphrase),
    ("contact.change_grant", waiting_colleagues),
]

# What asks for nothing, and stands below.
NOTES: list[tuple[str, Callable[["User"], DashboardLine | None]]] = [
    ("contact.view_inquiry", rehearsals_that_arrived)
]


def _count_line(words: str, more_than: str, count: int, show: str, **numbers: int) -> DashboardLine | None:
    """Return the line that leads to the list narrowed to what is counted; None when there is nothing."""
    said = (more_than if count > counts.LIMIT else words) % {"count": min(count, counts.LIMIT), **numbers}
    return (said, f"{reverse(INBOX)}?show={show}") if count else None
