"""Reasons for listed words: an editor gives one and can take it back; its row stays."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.models import Page, WordException
from pages.quality.word_list import entry_for


def reasons_in_force(page: Page) -> dict[tuple[str, str], WordException]:
    """Return the reasons in force, by language and word."""
    rows = WordException.objects.filter(page=page, revoked_at=None).select_related("given_by")
    return {(row.language, row.word): row for row in rows}


@transaction.atomic
def give_reason(page: Page, language: str, word: str, reason: str, *, by: User) -> WordException:
    """Store why a listed word is right on this page. Raises ValidationError for an empty reason.

    A new reason takes the place of an earlier one, whose row stays.
    """
    if entry_for(language, word) is None:
        raise ValidationError(_("This word is not in the word list."))
    if not any(character.isalpha() for character in reason):
        raise ValidationError(_("Write why the word is right here."))
    revoke_reason(page, language, word, by=by)
    row = WordException(page=page, language=language, word=word, reason=reason.strip(), given_by=by)
    row.full_clean(exclude=["revoked_by", "revoked_at"])
    row.save()
    return row


def revoke_reason(page: Page, language: str, word: str, *, by: User) -> bool:
    """Take a reason back, so that the word is found again. Return whether there was one."""
    held = WordException.objects.filter(page=page, language=language, word=word, revoked_at=None)
    return bool(held.update(revoked_at=timezone.now(), revoked_by=by))
