"""Share links: a colleague without an account reads one edition, for some days or until the link is withdrawn."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction

from pages.models import Edition, ShareLink

DAYS = (1, 7, 30)  # what an editor chooses from
TOKEN_BYTES = 32


def digest_of(token: str) -> str:
    """Return what is stored of a token. It has 256 random bits, so the digest does not help to guess it."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(edition: Edition, *, by: User, days: int, at: datetime) -> str:
    """Make a link and return its token, which cannot be read again. Expired links are erased."""
    ShareLink.objects.filter(expires_at__lte=at).delete()
    token = token_urlsafe(TOKEN_BYTES)
    ShareLink.objects.create(
        edition=edition, digest=digest_of(token), made_by=by, made_at=at, expires_at=at + timedelta(days=days)
    )
    return token


def link_opened_by(token: str, *, at: datetime) -> ShareLink | None:
    """Return the link that a token opens, with its edition.

    The digest is looked up, so the time it takes says nothing about how much of a token was right.
    """
    return ShareLink.objects.working(at=at).filter(digest=digest_of(token)).select_related("edition").first()


def withdraw_link(link: ShareLink, *, at: datetime) -> None:
    """Stop a link at once, for good."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)


def unexpired_links(edition: Edition, *, at: datetime) -> list[ShareLink]:
    """Return the links to an edition that have not expired, withdrawn ones included, newest first."""
    return list(ShareLink.objects.filter(edition=edition, expires_at__gt=at).select_related("made_by"))
