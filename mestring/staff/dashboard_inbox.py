"""What waits in the inbox, as lines of the first page: what came in, and who can open it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from contact.admin.inbox.counts import LIMIT, capped_count
from contact.cases import deadlines
from contact.keys import ceremony
from contact.models import Inquiry, StaffKey
from contact.notifications.outbox import is_failing
from contact.retention import schedule as retention
from mestring.staff.dashboard_line import ToDo, counted

INBOX = "admin:contact_inquiry_changelist"
KEYRING = "admin:contact_grant_changelist"


def over_due(user: Any) -> ToDo | None:
    """Inquiries whose senders have waited for longer than they should."""
    count = capped_count(deadlines.overdue_inquiries(timezone.now()))
    words = ngettext(
        "%(count)d inquiry should have been answered by now.",
        "%(count)d inquiries should have been answered by now.",
        count,
    )
    if count > LIMIT:
        words, count = gettext("More than %(count)d inquiries should have been answered by now."), LIMIT
    return counted(words, count, f"{reverse(INBOX)}?show=over")


def open_inquiries(user: Any) -> ToDo | None:
    """Everything that nobody has closed. What may be spam counts too: it is never dropped unread."""
    count = capped_count(Inquiry.objects.filter(status=Inquiry.Status.OPEN))
    words = ngettext("%(count)d inquiry is open.", "%(count)d inquiries are open.", count)
    if count > LIMIT:
        words, count = gettext("More than %(count)d inquiries are open."), LIMIT
    return counted(words, count, f"{reverse(INBOX)}?show=open")


def few_can_open_the_inbox(user: Any) -> ToDo | None:
    """One colleague with a key of their own is ill some day; none is the demo, or only the paper."""
    number = ceremony.few_can_open()
    if number is None:
        return None
    words = ngettext(
        "Only %(count)d colleague has a key of their own to the inbox. There should be two or more.",
        "%(count)d colleagues have a key of their own to the inbox. There should be two or more.",
        number,
    )
    return ToDo(words % {"count": number}, reverse(KEYRING))


def waiting_to_be_let_in(user: Any) -> ToDo | None:
    """Colleagues who have chosen a passphrase, and somebody who was removed and has held the key in use."""
    state = ceremony.Ceremony()
    count = len(state.waiting)
    if state.generation_due:
        return ToDo(gettext("The inbox needs a new key: somebody was removed."), reverse(KEYRING))
    words = ngettext(
        "%(count)d colleague waits to be let into the inbox.",
        "%(count)d colleagues wait to be let into the inbox.",
        count,
    )
    return counted(words, count, reverse(KEYRING))


def my_inbox_passphrase(user: Any) -> ToDo | None:
    """Once colleagues have keys of their own, whoever reads needs one too, and then to be let in."""
    page, mine = reverse("admin:contact_staffkey_changelist"), StaffKey.objects.filter(user=user).first()
    if mine is None:
        return ToDo(gettext("Choose your inbox passphrase."), page) if StaffKey.objects.exists() else None
    if mine.grants.exists():
        return None
    return ToDo(gettext("Read out your code to a keyholder, who lets you into the inbox."), page)


def mail_that_fails(user: Any) -> ToDo | None:
    """Mail that does not get through: nobody hears of what comes in, so somebody has to look."""
    if not is_failing():
        return None
    return ToDo(gettext("Mail does not get through. Look into the inbox yourself."), reverse(INBOX))


def erasing_has_stopped(user: Any) -> ToDo | None:
    """Nothing is erased any more, because something looks wrong: somebody has to look."""
    why = retention.has_stopped()
    words = gettext("Nothing is being erased: %(why)s") % {"why": why}
    return ToDo(words, reverse("admin:contact_erasinground_changelist")) if why else None


def open_too_long(user: Any) -> ToDo | None:
    """Inquiries that have been open for so long that somebody should decide; none is erased by itself."""
    count = capped_count(deadlines.inquiries_open_too_long())
    words = ngettext(
        "%(count)d inquiry has been open for more than %(days)d days.",
        "%(count)d inquiries have been open for more than %(days)d days.",
        count,
    )
    if count > LIMIT:
        words, count = gettext("More than %(count)d inquiries have been open for more than %(days)d days."), LIMIT
    url = f"{reverse(INBOX)}?show=long"
    return ToDo(words % {"count": count, "days": settings.INQUIRY_ESCALATION_DAYS}, url) if count else None
