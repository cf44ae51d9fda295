"""Publish an edition later, take a page down later, change or cancel that plan.

Nothing runs at the minute of a change: a waiting edition is one whose `live_from` is in the future, and the
passing of time makes it live. A page has at most one.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.editions.addresses import release_unseen_addresses
from pages.editions.publishing import refuse_unfit
from pages.editions.spans import begin_span, end_live_span
from pages.links.index import list_links
from pages.models import Edition, Page

FARTHEST = timedelta(days=731)  # a mistyped year would otherwise wait for ever


# --- what is refused -------------------------------------------------------------------------------
def refuse_time(at: datetime, *, now: datetime) -> None:
    """Raise ValidationError for a time in the past, or so far ahead that it must be a mistake."""
    if at <= now:
        raise ValidationError(_("This time has already been. Choose a later one."))
    if at - now > FARTHEST:
        raise ValidationError(_("This is more than two years ahead. Is the year right?"))


def refuse_span(at: datetime, until: datetime | None, *, now: datetime) -> None:
    """Raise ValidationError, under the name of the wrong time: `at` or `until`."""
    for name, moment in (("at", at), ("until", until)):
        if moment is not None:
            try:
                refuse_time(moment, now=now)
            except ValidationError as error:
                raise ValidationError({name: error}) from error
    if until is not None and until <= at:
        raise ValidationError({"until": _("The page must be taken down after it is published.")})


def refuse_later_address(page: Page, slugs: dict[str, str], *, now: datetime) -> None:
    """Raise ValidationError, under the language, when a live page would get another address at a later time.

    Two addresses cannot both be the current one, and readers use the first until then.
    """
    live = page.editions.live(at=now).first()
    if live is None:
        return
    for language in live.head["languages"]:
        old, new = live.head["slug"].get(language), slugs.get(language)
        if old and new and old != new:
            text = _("The page is on the website at “%(path)s”. A new address must be published at once.")
            raise ValidationError({language: text % {"path": old}})


# --- schedule --------------------------------------------------------------------------------------
@transaction.atomic
def schedule(
    edition: Edition, *, by: User | None, at: datetime, until: datetime | None = None, now: datetime | None = None
) -> None:
    """Let this edition be published at a later time, instead of another one that waits.

    Its addresses are reserved now, and lead nowhere before that time. Raises ValidationError.
    """
    now = now or timezone.now()
    page = Page.objects.lock(edition.page_id)
    refuse_span(at, until, now=now)
    if not edition.head["languages"]:
        raise ValidationError(_("No language has both title, address and content."))
    if edition.live_from is not None and edition.live_from <= now:
        raise ValidationError(_("This edition has already been published."))
    refuse_unfit(edition, by=by)
    slugs = {code: edition.head["slug"].get(code, "") for code in edition.head["languages"]}
    refuse_later_address(page, slugs, now=now)
    for other in page.editions.waiting(at=now).exclude(pk=edition.pk):
        cancel(other, now=now)
    edition.based_on = page.editions.live(at=now).first()
    begin_span(edition, at=at, until=until, by=by, now=now)


@transaction.atomic
def reschedule(
    edition: Edition, *, by: User | None, at: datetime, until: datetime | None = None, now: datetime | None = None
) -> None:
    """Move a waiting edition to another time. What it says, and what it is based on, stay."""
    now = now or timezone.now()
    refuse_span(at, until, now=now)
    _change_waiting_span(edition, now, live_from=at, live_until=until, published_by=by)


@transaction.atomic
def cancel(edition: Edition, *, now: datetime | None = None) -> None:
    """Let a waiting edition be a draft again, and give back addresses that no visitor has ever seen."""
    now = now or timezone.now()
    _change_waiting_span(edition, now, live_from=None, live_until=None, published_by=None)
    release_unseen_addresses(edition, now=now)


def _change_waiting_span(edition: Edition, now: datetime, **span: Any) -> None:
    """Give a waiting edition another span. Raises ValidationError when it has begun meanwhile."""
    # By condition, so that what began in this very second is not changed under its readers.
    found = Edition.objects.filter(pk=edition.pk, live_from__gt=now).update(**span)
    if not found:
        raise ValidationError(_("It is too late: this edition no longer waits."))
    edition.refresh_from_db()
    list_links(edition.page_id, now=now)


@transaction.atomic
def take_down_at(page: Page, at: datetime | None, *, now: datetime | None = None) -> None:
    """End what is live at a later time; with None, let it stay. Raises ValidationError."""
    now = now or timezone.now()
    if at is not None:
        refuse_time(at, now=now)
    page = Page.objects.lock(page.pk)
    if not end_live_span(page, at, now=now):
        raise ValidationError(_("The page is not on the website."))
