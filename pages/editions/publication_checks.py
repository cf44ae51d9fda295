"""What stops a publication, now or later: a deleted page, words taken away, hard errors, no clinical review."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pages.editions.clinical_gate import refuse_unreviewed
from pages.models import Edition, Page
from pages.quality.rules import refuse_hard_errors


def refuse_unfit(edition: Edition, *, by: User | None) -> None:
    """Raise ValidationError when visitors must not meet this edition, now or later.

    Its page was deleted meanwhile, its words were taken away, they have a hard error (pages.quality), or
    its clinical review is missing (pages.editions.clinical_gate).
    """
    refuse_deleted(edition.page_id)
    if Edition.objects.select_for_update().get(pk=edition.pk).is_redacted:
        raise ValidationError(_("The words of this edition were taken away."))
    refuse_hard_errors(edition.head, edition.body)
    refuse_unreviewed(edition, by=by)


def refuse_deleted(page_id: int) -> None:
    """Raise ValidationError when an editor has deleted the page meanwhile."""
    if Page.objects.deleted().filter(pk=page_id).exists():
        raise ValidationError(_("The page is deleted."))
