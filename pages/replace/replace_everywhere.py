"""Replace one address or number in every page chosen: new drafts, published where the form held nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.editions.publishing import publish, save_draft
from pages.editions.snapshot import snapshot
from pages.editions.translation_progress import keep_matching, matching
from pages.models import Edition, Page
from pages.models.edition import digest_of
from pages.replace.occurrences import (
    FieldOccurrences,
    Resembles,
    digest_of_occurrences,
    edition_holds,
    find_occurrences,
)
from pages.replace.replacement import Replacement


@dataclass
class PageOutcome:
    """What became of one page. `problems` says what was not done, in whole sentences."""

    page: Page
    saved: bool = False
    published: bool = False
    was_live: bool = False
    problems: list[str] = field(default_factory=list)


def replace_everywhere(
    replacement: Replacement, chosen: Mapping[int, str], *, by: User, publish_too: bool = False
) -> Iterator[PageOutcome]:
    """Replace in each chosen page, a transaction for each; `chosen` is {page: digest of what the editor saw}."""
    for page in Page.objects.filter(pk__in=chosen):  # a deleted page is refused with a sentence
        yield replace_in_page(page, replacement, digest=chosen[page.pk], by=by, publish_too=publish_too)


def replace_in_page(
    page: Page, replacement: Replacement, *, digest: str, by: User, publish_too: bool = False
) -> PageOutcome:
    """Replace every occurrence in one page, or none, and save the result as a draft.

    None is replaced when the occurrences are no longer those that the editor saw (`digest`), or when a field
    would break a rule of its own. A page is published only if its form said just what visitors see: otherwise
    unfinished words of an editor would be published with it.
    """
    outcome = PageOutcome(page)
    try:
        with transaction.atomic():
            _replace(outcome, replacement, digest, by, publish_too)
    except ValidationError as error:
        outcome.saved = outcome.published = False
        outcome.problems = list(error.messages)
    return outcome


def _replace(outcome: PageOutcome, replacement: Replacement, digest: str, by: User, publish_too: bool) -> None:
    page = outcome.page = Page.objects.lock(outcome.page.pk)
    if page.deleted_at:
        raise ValidationError(_("The page is deleted."))
    occurrences = find_occurrences(replacement, page=page).get(page.pk, [])
    if digest_of_occurrences(occurrences) != digest:
        raise ValidationError(
            _("Another editor has changed the page since you looked. Nothing was replaced in it.")
        )
    live = page.editions.live(at=timezone.now()).first()
    outcome.was_live = live is not None
    before = snapshot(page)
    form_is_live = live is not None and live.digest == digest_of(*before)
    matched = matching(page, *before)
    for occurrence in occurrences:
        write_field(occurrence)
    note = _("Replaced “%(old)s” by “%(new)s”") % {"old": replacement.old.typed, "new": replacement.new.typed}
    edition = save_draft(Page.objects.get(pk=page.pk), by=by, note=note[:200])
    keep_matching(edition, matched)
    outcome.saved = True
    if publish_too and live is None:
        outcome.problems.append(_("Not published: the page is not on the website."))
    elif publish_too and not form_is_live:
        outcome.problems.append(_("Not published: the page had a newer draft. Read it through, then publish."))
    elif publish_too:
        _publish(outcome, edition, by)


def _publish(outcome: PageOutcome, edition: Edition, by: User) -> None:
    try:
        with transaction.atomic():
            publish(edition, by=by)
        outcome.published = True
    except ValidationError as error:
        outcome.problems += [_("Not published. %(why)s") % {"why": sentence} for sentence in error.messages]


def write_field(occurrences: FieldOccurrences) -> None:
    """Write one field. Raises ValidationError when the new words break its rules, for example its length."""
    model, name = type(occurrences.row), occurrences.column.name
    column = model._meta.get_field(name)
    try:
        column.run_validators(occurrences.new_value)
    except ValidationError as error:
        text = _("Nothing was replaced here: “%(field)s” would be wrong. %(why)s")
        names = {"field": column.verbose_name, "why": " ".join(error.messages)}
        raise ValidationError(text % names) from error
    values = {name: occurrences.new_value} | ({"changed": timezone.now()} if model is Page else {})
    model._default_manager.filter(pk=occurrences.row.pk).update(**values)


def waiting_editions_with(replacement: Replacement, *, at: datetime) -> list[Edition]:
    """Return the waiting editions that will bring the old address or number back when their time comes."""
    waiting = Edition.objects.waiting(at=at).filter(page__deleted_at=None).select_related("page")
    # The database sorts out most of them, in a tenth of the time that reading their words takes.
    texts = waiting.alias(head_text=Cast("head", TextField()), body_text=Cast("body", TextField()))
    pattern = Value(replacement.old.like_pattern)
    likely = texts.filter(Q(Resembles(F("head_text"), pattern)) | Q(Resembles(F("body_text"), pattern)))
    return [edition for edition in likely if edition_holds(edition, replacement)]
