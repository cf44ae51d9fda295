"""Save a draft, publish it now unless it is unfit, take a page down now (later: pages.editions.scheduling)."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.diff.translation_pairs import TranslationIntent
from pages.editions.clinical_gate import refuse_unreviewed
from pages.editions.snapshot import FORMAT, snapshot
from pages.editions.spans import begin_span, end_live_span
from pages.editions.translation_progress import follow
from pages.links.index import list_links
from pages.models import Edition, Page
from pages.quality.checking import refuse_hard_errors


@transaction.atomic
def save_draft(
    page: Page, *, by: User | None, note: str = "", intent: TranslationIntent = TranslationIntent.UNSTATED
) -> Edition:
    """Snapshot the working copy, with a note on what was done, and follow its translations.

    No visitor sees a difference.
    """
    edition = write_draft(page, by=by, note=note, intent=intent)
    list_links(page.pk)
    return edition


def write_draft(page: Page, *, by: User | None, note: str, intent: TranslationIntent) -> Edition:
    """Do what `save_draft` says, but leave the list of links to the caller, who goes on to publish the draft."""
    head, body = snapshot(page)
    edition = Edition.objects.create(page=page, format=FORMAT, head=head, body=body, saved_by=by, note=note)
    follow(edition, intent)
    return edition


@transaction.atomic
def publish(edition: Edition, *, by: User | None, now: datetime | None = None, keep_waiting: bool = False) -> None:
    """Make this edition what visitors see from now on, and its slugs the page's addresses.

    A slug that was changed turns the old address into a former one, which redirects for ever. A time
    set for taking the page down still holds. Raises ValidationError when an address belongs to another
    page, when visitors must not meet the edition (`refuse_unfit`), and when another edition waits: that would
    undo this one, unless the caller says that it may.
    """
    now = now or timezone.now()
    refuse_unfit(edition, by=by)
    others = Edition.objects.filter(page=edition.page_id).exclude(pk=edition.pk)
    if not keep_waiting and others.waiting(at=now).exists():
        raise ValidationError(_("Another edition of this page waits to be published."))
    until = edition.live_until
    if until is None or until <= now:
        replaced = others.live(at=now).first()
        until = replaced.live_until if replaced else None
    begin_span(edition, at=now, until=until, by=by, now=now)


@transaction.atomic
def take_down(page: Page, *, now: datetime | None = None) -> None:
    """End what is live. The addresses stay the page's own, so that nothing else can take them."""
    now = now or timezone.now()
    end_live_span(page, now, now=now)


def refuse_unfit(edition: Edition, *, by: User | None) -> None:
    """Raise ValidationError when visitors must not meet this edition, now or later.

    Its page was deleted meanwhile, its words were taken away, they have a hard error (pages.quality), its
    clinical review is missing (pages.editions.clinical_gate), or it would make a loop.
    """
    Page.objects.lock_tree()
    refuse_deleted(edition.page_id)
    if Edition.objects.select_for_update().get(pk=edition.pk).is_redacted:
        raise ValidationError(_("The words of this edition were taken away."))
    refuse_hard_errors(edition.head, edition.body)
    refuse_unreviewed(edition, by=by)
    refuse_loop(edition)


def refuse_loop(edition: Edition) -> None:
    """Raise ValidationError when the page would lie under itself on the website, now or at a planned hour.

    The form looks at the working copies alone, and an editor may have changed another page's place in a draft.
    """
    above: set[int] = set()
    wanted = {edition.head["parent"]} if edition.head["parent"] else set()
    while wanted:
        above |= wanted
        wanted = Edition.objects.parents_of(wanted, at=timezone.now()) - above
    if edition.page_id in above:
        text = _("On the website “%(parent)s” still lies under “%(page)s”, or will. Publish its new place first.")
        raise ValidationError(text % {"parent": Page.objects.get(pk=edition.head["parent"]), "page": edition.page})


def refuse_deleted(page_id: int) -> None:
    """Raise ValidationError when an editor has deleted the page meanwhile."""
    if Page.objects.deleted().filter(pk=page_id).exists():
        raise ValidationError(_("The page is deleted."))
