"""The progress of a page's translations, followed from edition to edition."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pages.diff.translation_pairs import (
    TranslationIntent,
    TranslationPair,
    fingerprint_of,
    pairs_in,
    translated_texts,
)
from pages.languages import LANGUAGES, SOURCE
from pages.models import Edition, Page, PageTranslation

EDITIONS_SEARCHED = 50  # for an earlier wording; what is older no longer helps a translator


@transaction.atomic
def follow(edition: Edition, intent: TranslationIntent = TranslationIntent.UNSTATED) -> None:
    """Note for each language what this edition, the newest of its page, means for the translation.

    Changes no text.
    """
    rows = {row.language: row for row in _rows(edition.page_id)}
    for language in LANGUAGES:
        row = rows.get(language) or PageTranslation(page_id=edition.page_id, language=language)
        pairs = [] if language == SOURCE else pairs_in(edition.head, edition.body, language)
        row.follow(pairs, complete=language in edition.head["languages"], intent=intent)
        row.save()
    _count_left(edition.page_id)


@transaction.atomic
def confirm(page: Page, language: str, pairs: Iterable[TranslationPair]) -> PageTranslation:
    """Note that these translations match their source, and return the progress of the language."""
    row = _rows(page.pk).filter(language=language).first() or PageTranslation(page=page, language=language)
    row.confirm(pairs)
    row.save()
    _count_left(page.pk)
    return row


def matching(page: Page, head: dict[str, Any], body: list[dict[str, Any]]) -> dict[str, list[bool]]:
    """Return, for each translation, which of its texts match their source, in page order."""
    known = {row.language: set(row.known) for row in PageTranslation.objects.filter(page=page)}
    translated = [language for language in LANGUAGES if language != SOURCE]
    return {
        code: [pair.fingerprint in known.get(code, ()) for pair in pairs_in(head, body, code)]
        for code in translated
    }


@transaction.atomic
def keep_matching(edition: Edition, matched: dict[str, list[bool]]) -> None:
    """Keep the texts matching that matched before the same small change was made in source and translation.

    Only for a change that moves no text and empties none: then the order tells which text is which.
    """
    for language, before in matched.items():
        pairs = pairs_in(edition.head, edition.body, language)
        confirm(edition.page, language, [pair for pair, matched in zip(pairs, before, strict=True) if matched])


def earlier_sources(
    page: Page, language: str, known: Iterable[str], wanted: Iterable[TranslationPair]
) -> dict[TranslationPair, str]:
    """Return, for pairs that no longer match, the source text at the time when they last did.

    It is read from the editions, so a redacted text is not found here either.
    """
    known, left = set(known), {pair.translation_key: pair for pair in wanted if pair.translation}
    found: dict[TranslationPair, str] = {}
    editions: Any = Edition.objects.filter(page=page).order_by("-pk").values_list("head", "body")
    for head, body in editions[:EDITIONS_SEARCHED] if left else ():
        for place, text in translated_texts(head, body):
            pair = TranslationPair(place, fingerprint_of(text.get(SOURCE)), fingerprint_of(text.get(language)))
            if pair.translation_key in left and pair.fingerprint in known:
                found[left.pop(pair.translation_key)] = text.get(SOURCE, "")
        if not left:
            break
    return found


def _count_left(page_id: int) -> None:
    rows = PageTranslation.objects.filter(page=page_id)
    left = rows.exclude(state=PageTranslation.State.CURRENT).count()
    rows.filter(language=SOURCE).update(left=left)


def _rows(page_id: int) -> Any:
    return PageTranslation.objects.select_for_update().filter(page=page_id)
