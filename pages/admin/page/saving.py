"""What a save of the page form does to the editions, and what is said about it afterwards."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pages.admin.editions.merge_messages import said_of
from pages.admin.fields.languages import language_names
from pages.admin.form_names import PUBLISH, SCHEDULE
from pages.admin.page.edit_conflicts import remember_sent
from pages.admin.quality.exceptions import unanswered_words
from pages.admin.status.status import spoken, standing_of
from pages.admin.translations.progress import outdated
from pages.diff.translation_pairs import Meant
from pages.editions import publishing, scheduling
from pages.editions.clinical_gate import what_lacks
from pages.editions.pending import Choice, publish_beside_waiting
from pages.models import Edition, Page

Said = list[tuple[int, str]]


def save_edition(request: HttpRequest, form: Any) -> Said:
    """Write down the working copy, and publish or schedule it when that button was pressed.

    Runs in the transaction of the form, and returns (level, sentence) for what visitors see now. A page
    that is complete in no language is not published: visitors would meet an empty address.
    """
    by: Any = request.user
    meant = Meant.HELD if form.cleaned_data.get("translations_hold") else Meant.TYPED
    note = form.cleaned_data["edition_note"]
    edition = publishing.save_draft(form.instance, by=by, note=note, meant=meant)
    remember_sent(request, edition)
    first, *more = _visible(request, form, edition, by)
    return [first, *_translations(form.instance), *more]


def _visible(request: HttpRequest, form: Any, edition: Edition, by: Any) -> Said:
    if PUBLISH not in request.POST and SCHEDULE not in request.POST:
        return _draft(form.instance)
    if not edition.head["languages"]:
        text = _("The draft is saved, but not published: no language has both title, address and content.")
        return [(messages.ERROR, text)]
    try:
        # The form has checked the addresses; between that and now another page can have taken one.
        if PUBLISH in request.POST:
            said = _publish(edition, by, form.cleaned_data.get("waiting_choice") or "")
        else:
            said = _schedule(edition, by, form.cleaned_data)
        return said + unanswered_words(edition)
    except ValidationError as error:
        text = _("The draft is saved, but not published. %(why)s")
        return [(messages.ERROR, text % {"why": " ".join(error.messages)})]


def _translations(page: Page) -> Said:
    names = outdated(page)
    text = _("Look through the translation, because bokmål has been changed: %(languages)s.")
    return [(messages.INFO, text % {"languages": ", ".join(names)})] if names else []


def _draft(page: Page) -> Said:
    standing = standing_of(page)
    text = _("The draft is saved. Visitors still see the previous edition.")
    if standing.live is None:
        text = _("The draft is saved. The page is not on the website.")
    elif not standing.newer_draft and standing.waiting is None:
        text = _("The draft is saved. It says the same as visitors see.")
    if standing.waiting and standing.waiting.live_from:
        waits = _("The edition that is published %(when)s is as it was.")
        text = f"{text} {waits % {'when': spoken(standing.waiting.live_from)}}"
    return [(messages.SUCCESS, text)]


def _publish(edition: Edition, by: Any, choice: str) -> Said:
    clashes = publish_beside_waiting(edition, by=by, choice=choice)
    said: Said = [(messages.SUCCESS, _("Published. Visitors see the change within one minute."))]
    edition.refresh_from_db()
    if edition.live_until:
        text = _("The page is still taken down %(when)s, as planned.")
        said.append((messages.WARNING, text % {"when": spoken(edition.live_until)}))
    if choice == Choice.REBUILD:
        said += said_of(clashes)
    return said + _incomplete(edition) + _unreviewed(edition)


def _schedule(edition: Edition, by: Any, cleaned: dict[str, Any]) -> Said:
    scheduling.schedule(edition, by=by, at=cleaned["publish_at"], until=cleaned.get("take_down_at"))
    text = _("Saved, and published by itself %(when)s.") % {"when": spoken(cleaned["publish_at"])}
    return [(messages.SUCCESS, text), *_incomplete(edition), *_unreviewed(edition)]


def _incomplete(edition: Edition) -> Said:
    started = {code for code, title in edition.head["title"].items() if title}
    missing = started - set(edition.head["languages"])
    text = _("Not shown to visitors, because title, address or content is missing: %(languages)s.")
    return [(messages.WARNING, text % {"languages": language_names(missing)})] if missing else []


def _unreviewed(edition: Edition) -> Said:
    """Say what the clinical gate would stop outside the demo."""
    return [(messages.WARNING, sentence) for sentence in what_lacks(edition.head, edition.body)]
