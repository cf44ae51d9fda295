"""Draft, publish, take down: what visitors are served from now on (later: pages.editions.scheduling)."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pages.diff.translation_pairs import Meant
from pages.editions.clinical_gate import refuse_unreviewed
from pages.editions.snapshot import FORMAT, snapshot
from pages.editions.translation_progress import follow
from pages.links.index import list_links
from pages.models import Address, Edition, Page
from pages.quality.rules import refuse_hard_errors
from pages.search.index import write_entries

# Paths that no pattern claims yet or that are served before the patterns are asked.
KEPT_FREE = {"nb", "nn", "en", "admin", "static", "media", "del"}


@transaction.atomic
def save_draft(page: Page, *, by: User | None, note: str = "", meant: Meant = Meant.KEPT) -> Edition:
    """Snapshot the working copy, with a note on what was done, and follow its translations.

    No visitor sees a difference.
    """
    head, body = snapshot(page)
    edition = Edition.objects.create(page=page, format=FORMAT, head=head, body=body, saved_by=by, note=note)
    list_links(page.pk)
    follow(edition, meant)
    return edition


@transaction.atomic
def publish(edition: Edition, *, by: User | None, now: datetime | None = None, keep_waiting: bool = False) -> None:
    """Make this edition what visitors see from now on, and its slugs the page's addresses.

    A slug that was changed turns the old address into a former one, which redirects for ever. A time
    set for taking the page down still holds. Raises ValidationError when an address belongs to another
    page, when visitors must not meet the edition (`refuse_unfit`), and when another edition waits: that would
    undo this one, unless somebody says that it may.
    """
    now = now or timezone.now()
    refuse_unfit(edition, by=by)
    others = Edition.objects.filter(page=edition.page_id).exclude(pk=edition.pk)
    if not keep_waiting and others.waiting(at=now).exists():
        raise ValidationError(_("Another edition of this page waits to be published."))
    for language in edition.head["languages"]:
        slug = edition.head["slug"].get(language)
        if slug:
            claim_address(edition.page, language, slug)
    if edition.live_until is None or edition.live_until <= now:
        replaced = others.live(at=now).first()
        edition.live_until = replaced.live_until if replaced else None
    edition.live_from = now
    edition.published_by = by
    edition.save(update_fields=["live_from", "live_until", "published_by"])
    write_entries(edition)
    list_links(edition.page_id, now=now)


@transaction.atomic
def take_down(page: Page, *, now: datetime | None = None) -> None:
    """End what is live. The addresses stay the page's own, so that nothing else can take them."""
    now = now or timezone.now()
    Edition.objects.live(at=now).filter(page=page).update(live_until=now)
    list_links(page.pk, now=now)


def refuse_unfit(edition: Edition, *, by: User | None) -> None:
    """Raise ValidationError when visitors must not meet this edition, now or later.

    Its page was deleted meanwhile, its words were taken away, they have a hard error (pages.quality), or
    nobody has reviewed them who must (pages.editions.clinical_gate).
    """
    refuse_deleted(edition.page_id)
    if Edition.objects.select_for_update().get(pk=edition.pk).is_redacted:
        raise ValidationError(_("The words of this edition were taken away."))
    refuse_hard_errors(edition.head, edition.body)
    refuse_unreviewed(edition, by=by)


def refuse_deleted(page_id: int) -> None:
    """Raise ValidationError when somebody has deleted the page meanwhile."""
    if Page.objects.deleted().filter(pk=page_id).exists():
        raise ValidationError(_("The page is deleted."))


def claim_address(page: Page, language: str, path: str) -> None:
    """Give `path` to the page as its current address; its earlier one becomes a former one."""
    refuse_address(page, language, path)
    Address.objects.filter(page=page, language=language, current=True).exclude(path=path).update(current=False)
    # Not update_or_create: when two pages claim one path at once, it would take it from the first.
    address, _made = Address.objects.get_or_create(language=language, path=path, defaults={"page": page})
    if address.page_id != page.pk:
        raise ValidationError(belongs_to(address))
    if not address.current:
        address.current = True
        address.save(update_fields=["current"])


def belongs_to(address: Address) -> str:
    """Return the sentence that names the page an address belongs to."""
    text = _("The address “%(path)s” belongs to the page “%(page)s”.")
    return text % {"path": address.path, "page": address.page}


def refuse_address(page: Page | None, language: str, path: str) -> None:
    """Raise ValidationError when `path` is reserved or is, or was, the address of another page.

    A former address is refused too: it still leads readers and other sites to that page.
    """
    if path in KEPT_FREE or is_reserved(language, path):
        raise ValidationError(_("The address “%(path)s” is used by the site itself.") % {"path": path})
    owner = Address.objects.filter(language=language, path=path).select_related("page").first()
    if owner is not None and (page is None or owner.page_id != page.pk):
        raise ValidationError(belongs_to(owner))


def is_reserved(language: str, path: str) -> bool:
    """Say whether something other than a page answers at this path, for example the contact forms."""
    with translation.override(language):
        prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
        try:
            match = resolve(f"{prefix}/{path}/")
        except Resolver404:
            return False
        return match.view_name != "pages:page"
