"""The messages after a save: what visitors see now, and what the editor should look at."""

from django.contrib import messages
from django.utils.translation import gettext as _

from pages.admin.dialogs import Message
from pages.admin.editions.merge_messages import rebuilt_messages
from pages.admin.fields.languages import language_names
from pages.admin.quality.exceptions import unanswered_words
from pages.admin.saving.chosen_times import Times
from pages.admin.status.moments import format_moment
from pages.admin.status.status import PageStatus, status_of
from pages.admin.translations.progress import outdated_messages
from pages.editions.clinical_gate import what_lacks
from pages.editions.saving import Publication, SavedPage
from pages.editions.waiting_edition import WaitingChoice
from pages.models import Edition


def save_messages(saved: SavedPage) -> list[Message]:
    """Return the messages in this order: what visitors see, the translations to look through, the warnings."""
    page, edition, publication = saved.edition.page, saved.edition, saved.publication
    if publication is None:
        return [(messages.SUCCESS, draft_sentence(status_of(page))), *outdated_messages(page)]
    if not edition.head["languages"]:
        text = _("The draft is saved, but not published: no language has both title, address and content.")
        return [(messages.ERROR, text), *outdated_messages(page)]
    if saved.refused:
        text = _("The draft is saved, but not published. %(why)s")
        return [(messages.ERROR, text % {"why": " ".join(saved.refused)}), *outdated_messages(page)]
    return [
        (messages.SUCCESS, published_sentence(publication)),
        *outdated_messages(page),
        *after_publication(saved, publication),
        *incomplete_messages(edition),
        *unreviewed_messages(edition),
        *unanswered_words(edition),
    ]


def draft_sentence(status: PageStatus) -> str:
    """Say that the draft is saved, and what visitors see and will see beside it."""
    text = _("The draft is saved. Visitors still see the previous edition.")
    if status.live is None:
        text = _("The draft is saved. The page is not on the website.")
    elif not status.newer_draft and status.waiting is None:
        text = _("The draft is saved. It says the same as visitors see.")
    if status.waiting and status.waiting.live_from:
        waits = _("The edition that is published %(when)s is as it was.")
        text = f"{text} {waits % {'when': format_moment(status.waiting.live_from)}}"
    return text


def time_messages(times: Times) -> list[Message]:
    """Say that a draft sets none of the times that stand in the form."""
    text = _("The time that you chose is not set yet: %(when)s. Press “Save and publish later” to set it.")
    return [(messages.WARNING, text % {"when": format_moment(at)}) for at in times.values()]


def published_sentence(publication: Publication) -> str:
    """Say from when visitors see the edition."""
    if publication.at is None:
        return _("Published. Visitors see the change within one minute.")
    return _("Saved, and published by itself %(when)s.") % {"when": format_moment(publication.at)}


def after_publication(saved: SavedPage, publication: Publication) -> list[Message]:
    """Return what follows from publishing now: a planned end that still holds, and a merged waiting edition."""
    if publication.at is not None:
        return []
    found: list[Message] = []
    if saved.edition.live_until:
        text = _("The page is still taken down %(when)s, as planned.")
        found.append((messages.WARNING, text % {"when": format_moment(saved.edition.live_until)}))
    if publication.waiting_choice == WaitingChoice.REBUILD:
        found += rebuilt_messages(saved.clashes)
    return found


def incomplete_messages(edition: Edition) -> list[Message]:
    """Name the languages that are begun but not shown to visitors."""
    started = {code for code, title in edition.head["title"].items() if title}
    missing = started - set(edition.head["languages"])
    text = _("Not shown to visitors, because title, address or content is missing: %(languages)s.")
    return [(messages.WARNING, text % {"languages": language_names(missing)})] if missing else []


def unreviewed_messages(edition: Edition) -> list[Message]:
    """Say what the clinical gate would stop outside the demo."""
    return [(messages.WARNING, sentence) for sentence in what_lacks(edition.head, edition.body)]
