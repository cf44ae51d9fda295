"""Replace one address or number in a page: a new draft, published only where the form held nothing else."""

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
from pages.replace.occurrences import Found, Resembles, find, mark_of, stands_in
from pages.replace.replacement import Exchange


@dataclass
class Outcome:
    """What became of one page. `why` says what was not done, in whole sentences."""

    page: Page
    saved: bool = False
    published: bool = False
    was_live: bool = False
    why: list[str] = field(default_factory=list)


def replace_in(page: Page, exchange: Exchange, *, mark: str, by: User, publish_too: bool = False) -> Outcome:
    """Make the changes in one page, of all its places or of none, and keep the result as a draft.

    Nothing is changed when the hits are no longer those that were shown (`mark`), or a field would break a
    rule of its own. Published is only a page whose form said just what visitors see, so that nobody's
    half-written words go out with it.
    """
    outcome = Outcome(page)
    try:
        with transaction.atomic():
            _replace(outcome, exchange, mark, by, publish_too)
    except ValidationError as error:
        outcome.saved = outcome.published = False
        outcome.why = list(error.messages)
    return outcome


def _replace(outcome: Outcome, exchange: Exchange, mark: str, by: User, publish_too: bool) -> None:
    page = outcome.page = Page.objects.lock(outcome.page.pk)
    if page.deleted_at:
        raise ValidationError(_("The page is deleted."))
    hits = find(exchange, page=page).get(page.pk, [])
    if mark_of(hits) != mark:
        raise ValidationError(_("Somebody has changed the page since you looked. Nothing was replaced in it."))
    live = page.editions.live(at=timezone.now()).first()
    outcome.was_live = live is not None
    before = snapshot(page)
    clean = live is not None and live.digest == digest_of(*before)
    matched = matching(page, *before)
    for found in hits:
        write(found)
    note = _("Replaced “%(old)s” by “%(new)s”") % {"old": exchange.old.typed, "new": exchange.new.typed}
    edition = save_draft(Page.objects.get(pk=page.pk), by=by, note=note[:200])
    keep_matching(edition, matched)
    outcome.saved = True
    if publish_too and live is None:
        outcome.why.append(_("Not published: the page is not on the website."))
    elif publish_too and not clean:
        outcome.why.append(_("Not published: the page had a newer draft. Read it through, then publish."))
    elif publish_too:
        _publish(outcome, edition, by)


def _publish(outcome: Outcome, edition: Edition, by: User) -> None:
    try:
        with transaction.atomic():
            publish(edition, by=by)
        outcome.published = True
    except ValidationError as error:
        outcome.why += [_("Not published. %(why)s") % {"why": sentence} for sentence in error.messages]


def write(found: Found) -> None:
    """Write one field. Raises ValidationError when the new words break its rules, for example its length."""
    model, name = type(found.row), found.column.name
    column = model._meta.get_field(name)
    try:
        column.run_validators(found.new_value)
    except ValidationError as error:
        text = _("Nothing was replaced here: “%(field)s” would be wrong. %(why)s")
        said = text % {"field": column.verbose_name, "why": " ".join(error.messages)}
        raise ValidationError(said) from error
    values = {name: found.new_value} | ({"changed": timezone.now()} if model is Page else {})
    model._default_manager.filter(pk=found.row.pk).update(**values)


def still_waiting(exchange: Exchange, *, at: datetime) -> list[Edition]:
    """Return the waiting editions that will bring the old words back when their time comes."""
    waiting = Edition.objects.waiting(at=at).filter(page__deleted_at=None).select_related("page")
    # The database leaves out most of them, in a tenth of the time that reading their words takes.
    texts = waiting.alias(head_text=Cast("head", TextField()), body_text=Cast("body", TextField()))
    rough = Value(exchange.old.rough)
    likely = texts.filter(Q(Resembles(F("head_text"), rough)) | Q(Resembles(F("body_text"), rough)))
    return [edition for edition in likely if stands_in(edition, exchange)]
