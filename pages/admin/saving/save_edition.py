"""A save of the page form: it makes the edition, remembers what was sent, and says what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from pages.admin.dialogs import Message
from pages.admin.saving.edit_conflicts import remember_sent
from pages.admin.saving.save_messages import save_messages
from pages.diff.translation_pairs import TranslationIntent
from pages.editions.saving import save
from pages.models import Page

REVIEWED = {"reviewed_on", "reviewed_now"}


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
    found = save_messages(saved)
    return [*found, *next_to_review(form.instance)] if REVIEWED & set(form.changed_data) else found


def next_to_review(page: Page) -> list[Message]:
    """Lead a clinical reviewer on from the page that was reviewed to one that waits."""
    waiting = Page.objects.unreviewed()
    found = waiting.exclude(pk=page.pk).order_by("position", "pk").first()
    if found is None:
        return []
    count = waiting.count()
    words = ngettext(
        "%(count)d page with health advice is left to review. The next:",
        "%(count)d pages with health advice are left to review. The next:",
        count,
    )
    address = reverse("admin:pages_page_change", args=[found.pk])
    return [(messages.INFO, format_html('{} <a href="{}">{}</a>', words % {"count": count}, address, found))]
