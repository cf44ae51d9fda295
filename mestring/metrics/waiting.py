"""What waits for people or for a mail server: how much, and for how long."""

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.module_loading import import_string

from contact.cases import deadlines
from contact.cases.unread import unread_inquiries
from contact.notifications.outbox import awaited_deliveries, oldest_unsent
from mestring.metrics.sample import Samples, family, seconds_since
from mestring.staff.accounts.mails import unsent_account_mail


def inquiries() -> Samples:
    """Count the inquiries that wait for a colleague."""
    now = timezone.now()
    waiting = deadlines.waiting_inquiries().aggregate(count=Count("pk"), since=Min("waiting_since"))
    yield family(
        "inquiries",
        "Open inquiries: whose sender waits for an answer, should have had it by now, or that is not read.",
        {
            ("waiting",): waiting["count"],
            ("overdue",): deadlines.overdue_inquiries(now).count(),
            ("unread",): unread_inquiries().count(),
        },
        ["state"],
    )
    words = "For how long the sender who has waited longest has waited; 0 where none waits."
    yield family("inquiry_longest_wait_seconds", words, seconds_since(waiting["since"]))


def mail() -> Samples:
    """Count the mails that have not gone."""
    accounts = unsent_account_mail().aggregate(count=Count("pk"), since=Min("made_at"))
    yield family(
        "mails_waiting",
        "Mails that no mail server has taken yet, about inquiries or about accounts of colleagues.",
        {("inquiries",): awaited_deliveries().count(), ("accounts",): accounts["count"]},
        ["about"],
    )
    since = [at for at in (oldest_unsent(), accounts["since"]) if at]
    words = "For how long the mail that has waited longest has waited; 0 where none waits."
    yield family("mail_longest_wait_seconds", words, seconds_since(min(since, default=None)))


def forms() -> Samples:
    """Say whether inquiries are taken."""
    yield family("forms_open", "1 while the forms take inquiries.", import_string(settings.INQUIRY_GATE)())
