"""A waiting edition meets a publication: it is kept, brought up to date or cancelled, never in silence."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.diff.merge import Clash, MergeResult, merge
from pages.editions.publishing import publish, save_draft
from pages.editions.scheduling import cancel
from pages.editions.working_copy import LeftOut, write, write_back
from pages.models import Edition, Page


class WaitingChoice(models.TextChoices):
    """What becomes of the waiting edition when something else is published now."""

    KEEP = "keep", gettext_lazy("Keep it. It will replace what I publish now, also what I have put right here.")
    REBUILD = (
        "rebuild",
        gettext_lazy(
            "Bring it up to date. What I publish now is put into it, and I look through it and schedule it again."
        ),
    )
    CANCEL = "cancel", gettext_lazy("Cancel it. What I publish now stays.")


# The one answer when the form holds the waiting edition: every other would show its words too early.
PUBLISH_WAITING = (
    WaitingChoice.CANCEL,
    gettext_lazy("Publish now what should have waited. The plan is cancelled."),
)


@transaction.atomic
def publish_beside_waiting(
    edition: Edition, *, by: User | None, choice: str, now: datetime | None = None
) -> list[Clash]:
    """Publish this edition now, and do with the waiting one what the editor chose.

    Returns the clashes when the waiting edition was brought up to date: in them its own words won. The result is
    in the working copy only, and nothing is scheduled.
    """
    now = now or timezone.now()
    page = Page.objects.lock(edition.page_id)
    waiting = page.editions.waiting(at=now).exclude(pk=edition.pk).first()
    if waiting and choice == WaitingChoice.KEEP:
        _refuse_other_address(waiting, edition)
    elif waiting:
        cancel(waiting, now=now)
    publish(edition, by=by, now=now, keep_waiting=choice == WaitingChoice.KEEP)
    if waiting and choice == WaitingChoice.REBUILD:
        return bring_up_to_date(waiting, by=by, now=now).clashes
    return []


def _refuse_other_address(waiting: Edition, edition: Edition) -> None:
    """Raise ValidationError when keeping the waiting edition would give the page its old address back."""
    old, new = waiting.head["slug"], edition.head["slug"]
    if any(old[code] != new[code] for code in old if code in new):
        raise ValidationError(
            _("The address is new, and the waiting edition has the old one. Bring it up to date, or cancel it.")
        )


@transaction.atomic
def bring_up_to_date(waiting: Edition, *, by: User | None, now: datetime | None = None) -> MergeResult:
    """Merge the waiting edition with what is live now into the working copy, as a new draft."""
    live = waiting.page.editions.live(at=now or timezone.now()).first()
    theirs = (waiting.head, waiting.body)
    base = waiting.based_on
    if live is None:
        merged = MergeResult(*theirs)
    else:
        merged = merge((base.head, base.body) if base else None, (live.head, live.body), theirs)
    page, _left_out = write(waiting.page, merged.head, merged.body)
    draft = save_draft(page, by=by)
    draft.based_on = live  # tells `holds_waiting` where its words come from
    draft.save(update_fields=["based_on"])
    return merged


def holds_waiting(waiting: Edition, *, now: datetime | None = None) -> bool:
    """Say whether the words of the working copy come from the waiting edition, which visitors must not see yet.

    They do until the working copy is made to say what visitors see or have seen. A move (`moved_from`) is skipped:
    it changes no words.
    """
    editions = Edition.objects.filter(page=waiting.page_id)
    seen = set(editions.started(at=now or timezone.now()).values_list("digest", flat=True))
    waited, moved = {waiting.digest}, waiting
    while moved.moved_from:
        moved = moved.moved_from
        waited.add(moved.digest)
    saved = editions.filter(moved_from=None).order_by("-pk").values_list("digest", "based_on")
    for digest, based_on in saved.iterator(chunk_size=20):
        if digest in seen or digest in waited or based_on:
            return digest not in seen
    return True


@transaction.atomic
def discard_draft(page: Page, *, by: User | None, now: datetime | None = None) -> LeftOut:
    """Make the working copy say what visitors see, as a new draft; earlier drafts stay in the history.

    Returns what could not be written back, as `write_back` does.
    """
    live = page.editions.live(at=now or timezone.now()).first()
    if live is None:
        raise ValidationError(_("The page is not on the website."))
    page, left_out = write_back(live)
    save_draft(page, by=by)
    return left_out
