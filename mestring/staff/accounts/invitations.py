"""Sending a colleague the link to choose a password: an invitation, or in place of a forgotten one."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from contact.audit.access_log import note
from contact.models import AccessEntry
from mestring.staff.accounts.changes import account_made, tell
from mestring.staff.accounts.links import is_invited
from mestring.staff.models import AccountMail

Action, Kind = AccessEntry.Action, AccountMail.Kind


def send_link(person: User, by: User | None) -> None:
    """Log who has the link sent, and put the mail into the outbox."""
    note(Action.INVITED if is_invited(person) else Action.LINK_SENT, by, person)
    tell(Kind.INVITED if is_invited(person) else Kind.RESET, person)


@transaction.atomic
def welcome(person: User, by: User | None) -> None:
    """Log a new account with its roles, and invite its colleague."""
    account_made(person, by)
    send_link(person, by)


def ask_for_link(address: str) -> None:
    """Put a mail to each account with this address into the outbox; for an unknown one, a row that is not sent."""
    people = User.objects.filter(email__iexact=address, is_active=True, is_staff=True)
    mails = [
        AccountMail(kind=Kind.RESET, person=one, address=one.email) for one in people if one.has_usable_password()
    ]
    AccountMail.objects.bulk_create(mails or [AccountMail(kind=Kind.RESET)])


def is_handed_over() -> bool:
    """Say whether links are shown to administrators too: a demo's mail goes no further than a file."""
    return str(settings.MODE) == "demo"
