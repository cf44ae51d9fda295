"""A save of the page form: it makes the edition, remembers what was sent, and says what became of it."""

from typing import Any

from django.http import HttpRequest

from pages.admin.dialogs import Message
from pages.admin.page.edit_conflicts import remember_sent
from pages.admin.page.save_messages import save_messages
from pages.diff.translation_pairs import TranslationIntent
from pages.editions.saving import save


def save_edition(request: HttpRequest, form: Any) -> list[Message]:
    """Save the edition, inside the transaction of the form, and return the messages about it."""
    by: Any = request.user
    saved = save(
        form.instance,
        by=by,
        note=form.cleaned_data["edition_note"],
        intent=TranslationIntent.MINOR_CHANGE
        if form.cleaned_data.get("translations_hold")
        else TranslationIntent.TYPED,
        publication=form.publication(),
    )
    remember_sent(request, saved.edition)
    return save_messages(saved)
