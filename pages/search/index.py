"""Search entries: written when an edition is published, and made anew when the rules for them change."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pages.models import Edition, Page, SearchEntry
from pages.models.edition import EditionQuerySet
from pages.rendering.plain_text import NEVER_QUOTED, body_text, normalize
from pages.search.live_blocks import KINDS, live_blocks
from pages.search.stemming import stems

# Pages that hold only the words over a form: the start page of the contact pages is found instead.
FORM_KINDS = set(Page.ONLY_ONE) - {Page.Kind.FRONT, Page.Kind.CONTACT}
WRITTEN = ("title", "lead", "text", "stems", "live_blocks")


def write_entries(edition: Edition) -> None:
    """Make an edition that was just published findable, and drop entries of its page that can never be live again.

    The present edition stays findable while a newer one waits for its hour.
    """
    store_entries(edition)
    drop_outdated(
        SearchEntry.objects.filter(edition__page=edition.page_id), Edition.objects.filter(page=edition.page_id)
    )


@transaction.atomic
def reindex() -> int:
    """Give every live or coming edition the entries it should have; return how many were written.

    For a site that is older than its search, and for new rules of what is found. Only differences are written.
    """
    written = sum(store_entries(edition) for edition in Edition.objects.current_or_coming(at=timezone.now()))
    drop_outdated(SearchEntry.objects.all(), Edition.objects.all())
    return written


def store_entries(edition: Edition) -> int:
    """Write an edition's entries where they differ from what is stored; return how many."""
    wanted = {entry.language: entry for entry in entries_of(edition)}
    stored = {entry.language: entry for entry in edition.search_entries.all()}
    same = {
        code
        for code, entry in stored.items()
        if code in wanted and entry_content(entry) == entry_content(wanted[code])
    }
    edition.search_entries.exclude(language__in=same).delete()
    new = [entry for code, entry in wanted.items() if code not in same]
    SearchEntry.objects.bulk_create(new)
    return len(new)


def drop_outdated(entries: QuerySet[SearchEntry], editions: EditionQuerySet) -> None:
    """Delete those of these entries, of these editions, whose edition is not live and never will be."""
    entries.exclude(edition__in=editions.current_or_coming(at=timezone.now())).delete()


def entries_of(edition: Edition) -> list[SearchEntry]:
    """Return what a search should read of an edition, one entry for each language it is public in."""
    if edition.head["kind"] in FORM_KINDS:
        return []
    return [entry_in(edition, language) for language in edition.head["languages"]]


def entry_in(edition: Edition, language: str) -> SearchEntry:
    """Return one language's entry, not stored."""
    title, menu_title, lead = (
        normalize(edition.head[n].get(language, "")) for n in ("title", "menu_title", "lead")
    )
    text = body_text(edition.body, language, leave_out=NEVER_QUOTED | KINDS)
    lines = "\n".join(stems(part, language) for part in (title, menu_title, lead, text))
    return SearchEntry(
        edition=edition, language=language, stems=lines, title=title, lead=lead, text=text,
        live_blocks=live_blocks(edition.body, language),
    )  # fmt: skip


def entry_content(entry: SearchEntry) -> list[object]:
    """Return what an entry says."""
    return [getattr(entry, name) for name in WRITTEN]
