"""Mail to a colleague about their own account: fixed words, sent by the delivery process and then erased."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from mestring.staff.accounts.links import path_of_link
from mestring.staff.models import AccountMail
from pages.live.phone import Phone

log = logging.getLogger("mestring.staff")  # operators filter by this name (docs/operators.md)
Kind = AccountMail.Kind
LEASE = timedelta(minutes=10)  # longer than the slowest exchange that EMAIL_TIMEOUT allows
LATE = timedelta(minutes=15)
KEPT = timedelta(days=7)  # a mail that no mail server takes
FIRST_RETRY, LAST_RETRY = timedelta(seconds=30), timedelta(hours=1)
# Subject and words, the same for every colleague.
WORDS = {
    Kind.INVITED: (
        _("Your account"),
        _(
            "You have an account on the website for staff. Choose a password here. The link holds for seven "
            "days, and once."
        ),
    ),
    Kind.RESET: (
        _("A new password"),
        _(
            "Choose a new password here. The link holds for an hour, and once. If you did not ask for it, you "
            "need do nothing."
        ),
    ),
    Kind.NEW_BROWSER: (
        _("A login from a new browser"),
        _("Your account was logged in to from a browser that it has not been used in before."),
    ),
    Kind.PASSWORD: (_("Your password was changed"), _("The password of your account was changed.")),
    Kind.ROLES: (_("Your roles were changed"), _("The roles of your account were changed.")),
    Kind.NAME: (_("Your name was changed"), _("The name of your account was changed.")),
    Kind.EMAIL: (_("Your e-mail address was changed"), _("The e-mail address of your account was changed.")),
    Kind.OPENED: (_("Your account is open"), _("Your account can be logged in to again.")),
    Kind.CLOSED: (_("Your account is closed"), _("Your account can no longer be logged in to.")),
    Kind.SECOND_STEP: (
        _("The second step of your login"),
        _("The second step of your login was taken away. You set it up anew with the next login."),
    ),
    Kind.SIGN_ON: (
        _("Another way to log in"),
        _(
            "Your account was connected with an account at the provider where staff log in, or that "
            "connection was taken away."
        ),
    ),
}
WITH_LINK = (Kind.INVITED, Kind.RESET)


def send_due() -> int:
    """Send what waits; return how many mails the mail server took. What it refuses is tried again for a week."""
    now = timezone.now()
    AccountMail.objects.filter(Q(made_at__lt=now - KEPT) | Q(address="")).delete()
    ready = AccountMail.objects.filter(not_before__lte=now).order_by("pk")
    return sum(_send(pk) for pk in list(ready.values_list("pk", flat=True)))


def account_mail_fails() -> bool:
    """Say whether mail to colleagues fails: that of two was put off more than once, or no process sends any.

    One address that is refused may have been mistyped.
    """
    waiting = unsent_account_mail()
    if waiting.filter(attempts=0, made_at__lte=timezone.now() - LATE).exists():
        return True
    return waiting.filter(attempts__gt=1).values("address").distinct().count() > 1


def unsent_account_mail() -> QuerySet[AccountMail]:
    """Return the mails to colleagues that have not gone."""
    return AccountMail.objects.exclude(address="")


def _send(pk: int) -> bool:
    now = timezone.now()
    free = AccountMail.objects.filter(pk=pk, not_before__lte=now)
    if not free.update(not_before=now + LEASE, attempts=F("attempts") + 1):
        return False  # another process has it
    mail = AccountMail.objects.select_related("person").get(pk=pk)
    try:
        for message in _messages(mail):
            message.send()
    except Exception as error:  # any failure of a mail server: try again later. Its text may quote the address.
        log.warning("mail to a colleague was not accepted (%s), attempt %s", type(error).__name__, mail.attempts)
        wait = min(FIRST_RETRY * 2 ** min(mail.attempts - 1, 20), LAST_RETRY)
        AccountMail.objects.filter(pk=pk).update(not_before=timezone.now() + wait)
        return False
    AccountMail.objects.filter(pk=pk).delete()
    return True


def _messages(mail: AccountMail) -> Iterator[EmailMessage]:
    """Give the mail; none for a link of an account that may not log in by now."""
    kind, person = Kind(mail.kind), mail.person
    link = ""
    if kind in WITH_LINK:
        if person is None or not person.is_active or person.email != mail.address:
            return
        link = settings.SITE_ADDRESS + path_of_link(person)
    with translation.override(settings.LANGUAGE_CODE):
        subject, words = WORDS[kind]
        context = {
            "words": words, "link": link, "name": person.get_username() if person and link else "",
            "warn": kind not in WITH_LINK, "phone": Phone(settings.FALLBACK_PHONE).display,
        }  # fmt: skip
        body = render_to_string("email/account.txt", context)
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        yield EmailMessage(str(subject), body, to=[mail.address], headers=headers)
