"""Which account at the provider is which colleague's: made by the colleague, asked for by subject alone."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from contact.audit.access_log import note
from contact.keys.sessions import end_sessions
from contact.models import AccessEntry
from mestring.staff.accounts.changes import tell
from mestring.staff.accounts.rules import administrators
from mestring.staff.models import AccountMail, SignOnLink

ENOUGH = 2


class TakenByAnother(Exception):
    """The account at the provider is another colleague's."""


def person_of(subject: str) -> User | None:
    """Return the colleague to whom the subject is connected; never found by a name or an address."""
    linked = SignOnLink.objects.filter(issuer=settings.SIGN_ON_ISSUER, subject=subject).values("person")
    return User.objects.filter(pk__in=linked, is_active=True, is_staff=True).first()


def is_linked(person: User) -> bool:
    """Say whether this colleague logs in at the provider that is set."""
    return connection_of(person) is not None


def connection_of(person: User) -> int | None:
    """Return the number of the colleague's connection. Each that is made has another."""
    if not settings.SIGN_ON_ISSUER:
        return None
    links = SignOnLink.objects.filter(person=person, issuer=settings.SIGN_ON_ISSUER)
    return links.values_list("pk", flat=True).first()


def has_passkey(person: User) -> bool:
    """Say whether the colleague has a passkey of this site."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


@transaction.atomic
def link(person: User, subject: str) -> None:
    """Connect a colleague, in place of an earlier connection. Raises TakenByAnother."""
    SignOnLink.objects.filter(person=person).delete()
    try:
        with transaction.atomic():
            SignOnLink.objects.create(person=person, issuer=settings.SIGN_ON_ISSUER, subject=subject)
    except IntegrityError:
        raise TakenByAnother from None
    note(AccessEntry.Action.SIGN_ON_LINKED, person)
    tell(AccountMail.Kind.SIGN_ON, person)


@transaction.atomic
def unlink(person: User, by: User | None = None) -> bool:
    """Take the connection away, and say whether there was one. Without `by` it was an operator at the terminal.

    What another colleague takes away may have let an intruder in, so every login ends.
    """
    found = SignOnLink.objects.filter(person=person).delete()[0]
    if found:
        if by != person:
            end_sessions(person)
        note(AccessEntry.Action.SIGN_ON_UNLINKED, by, person)
        tell(AccountMail.Kind.SIGN_ON, person)
    return bool(found)


def administrators_with_passkey() -> int:
    """Return how many who change accounts could log in while the provider is away."""
    passkeys = Authenticator.objects.filter(user=models.OuterRef("pk"), type=Authenticator.Type.WEBAUTHN)
    return administrators().filter(models.Exists(passkeys)).count()
