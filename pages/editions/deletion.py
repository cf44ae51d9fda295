"""Delete a page so that it can be brought back: no visitor finds it, and nothing of it is erased."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.editions.publishing import take_down
from pages.editions.scheduling import cancel
from pages.links.index import list_links
from pages.models import Page


@transaction.atomic
def delete(page: Page, *, by: User | None, now: datetime | None = None) -> None:
    """Take the page off the website and out of every list. Its address stays its own, and answers 404.

    Raises ValidationError for a page that the site needs, and while other pages are placed under it:
    they would lose their place without an editor's decision.
    """
    now = now or timezone.now()
    page = Page.objects.lock(page.pk)
    if page.kind in Page.ONLY_ONE:
        raise ValidationError(_("The website cannot be without this page."))
    if Page.objects.kept().filter(parent=page).exists():
        raise ValidationError(_("Other pages are placed under it. Move or delete them first."))
    for edition in page.editions.waiting(at=now):
        cancel(edition, now=now)
    take_down(page, now=now)
    page.deleted_at, page.deleted_by = now, by
    page.save(update_fields=["deleted_at", "deleted_by"])
    list_links(page.pk, now=now)


@transaction.atomic
def recover(page: Page) -> None:
    """Bring a deleted page back as it was, as a draft; not under a page that is itself deleted."""
    page = Page.objects.lock(page.pk)
    if page.parent and page.parent.deleted_at:
        page.parent = None
    page.deleted_at = page.deleted_by = None
    page.save(update_fields=["deleted_at", "deleted_by", "parent"])
    list_links(page.pk)
