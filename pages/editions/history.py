"""The history of a page: list its editions, restore one, redact some, find words in them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mestring.typed_text.reading import as_read
from pages.editions.publishing import save_draft
from pages.editions.working_copy import LeftOut, write_back
from pages.links.external import forget_unnamed_checks
from pages.links.index import list_links
from pages.models import Edition, Page, PageTranslation, Preview
from pages.richtext.reader import text_of


def editions_of(page: Page) -> QuerySet[Edition]:
    """Return a page's editions without their content, the newest first, each with `replaced_at`.

    `replaced_at` is the moment when a newer edition took the place of this one. No edition stores it, because
    what is live is computed from time.
    """
    newer = Edition.objects.filter(page=OuterRef("page")).filter(
        Q(live_from__gt=OuterRef("live_from")) | Q(live_from=OuterRef("live_from"), pk__gt=OuterRef("pk"))
    )
    replaced = Subquery(newer.order_by("live_from").values("live_from")[:1])
    people = ("saved_by", "published_by", "redaction", "redaction__by")
    return (
        page.editions.annotate(replaced_at=replaced).select_related(*people).defer("head", "body").order_by("-pk")
    )


def newest_edition_id(page_id: int) -> int | None:
    """Return the id of the newest edition: the one that a form opened now is opened from."""
    return Edition.objects.filter(page=page_id).order_by("-pk").values_list("pk", flat=True).first()


@transaction.atomic
def restore(edition: Edition, *, by: User | None, note: str) -> LeftOut:
    """Make the working copy say what an old edition says, as a new draft. Visitors see no difference.

    Returns what could not be written back, as `write_back` does. Raises ValidationError when the words of
    the edition were taken away.
    """
    Page.objects.lock(edition.page_id)
    stored = Edition.objects.get(pk=edition.pk)
    if stored.is_redacted:
        raise ValidationError(_("The words of this edition were taken away."))
    page, left_out = write_back(stored)
    save_draft(page, by=by, note=note)
    return left_out


@transaction.atomic
def redact(editions: Iterable[Edition], *, by: User, reason: str, at: datetime) -> None:
    """Take the words out of these editions: out of all of them, or out of none.

    Django's own log holds the page's title from every save, so those lines lose it too.
    """
    for edition in editions:
        Page.objects.lock(edition.page_id)
        edition.redact(by=by, reason=reason, at=at)
        edition.search_entries.all().delete()
        list_links(edition.page_id, now=at)
        forget_unnamed_checks()
        Preview.objects.filter(page=edition.page_id).delete()
        for row in PageTranslation.objects.filter(page=edition.page_id):
            row.forget_former()
            row.save(update_fields=["known"])
        lines = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Page), object_id=str(edition.page_id)
        )
        lines.update(object_repr=f"Page {edition.page_id}")


def containing(page: Page, words: str) -> set[int]:
    """Return the ids of the editions that contain the words, in any language, letter case and markup."""
    return {
        edition.pk
        for edition in page.editions.all()
        if mentions((edition.head, edition.body, edition.note), words)
    }


def mentions(value: object, words: str) -> bool:
    """Say whether a reader of any text in stored data reads the words there."""
    wanted = as_read(words)
    return bool(wanted) and any(
        wanted in as_read(text) or wanted in as_read(text_of(text)) for text in _texts_in(value)
    )


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    for part in parts:
        yield from _texts_in(part)
