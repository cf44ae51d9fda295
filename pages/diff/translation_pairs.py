"""Which translation goes with which source text: recognised by what both say, not by their rows.

Words of this module:
  fingerprint – a short digest of a text's words; "" for a text without words
  pair        – a place ("page.title", "faq.answer") with the fingerprints of its source and its translation
  known       – the fingerprints of the pairs that an editor has let stand as matching
  settled     – a pair that is known

Block rows are made anew when an edition is restored, and are moved and copied; that a sentence is a right
translation of another stays true. Fingerprints hold no words, so no word stays here when an edition is redacted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from pages.languages import SOURCE
from pages.richtext.reader import Piece, pieces

# An address differs from language to language and is made from the title.
NOT_TRANSLATED = {"slug"}


class TranslationIntent(Enum):
    """What an editor says about the translations with a save."""

    UNSTATED = "kept"  # nothing: the texts come from an edition or a merge
    TYPED = "typed"  # a translation that was written now matches its source
    MINOR_CHANGE = "held"  # so does a translation that matched before: the source changed only a little
    ALL_CURRENT = "all"  # every translation matches


def fingerprint_of(text: str | None) -> str:
    """Return a digest of the words and of where links lead; markup and spaces make no difference."""
    words = " ".join("".join(map(_words, pieces(text or ""))).split())
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def _words(piece: Piece) -> str:
    if piece.tag == "a" and piece.opens:
        return f" [{piece.value}] "
    return " " if piece.divides else piece.value


@dataclass(frozen=True)
class TranslationPair:
    """A place, with the fingerprints of its source text and its translation."""

    place: str
    source: str
    translation: str

    @property
    def fingerprint(self) -> str:
        """Return what is stored of a pair that matches."""
        return sha256(f"{self.place} {self.source} {self.translation}".encode()).hexdigest()[:16]

    @property
    def translation_key(self) -> tuple[str, str]:
        """Return what identifies a translation without its source."""
        return self.place, self.translation


def translated_texts(head: dict[str, Any], body: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, {language: text}) of every translated text of an edition, in order."""
    for part in (head, *body):
        for name, value in part.items():
            if isinstance(value, dict) and name not in NOT_TRANSLATED:
                yield f"{part.get('type', 'page')}.{name}", value


def pairs_in(head: dict[str, Any], body: list[dict[str, Any]], language: str) -> list[TranslationPair]:
    """Return the pairs of an edition in one language; a place without words on both sides is left out."""
    found = [
        TranslationPair(place, fingerprint_of(text.get(SOURCE)), fingerprint_of(text.get(language)))
        for place, text in translated_texts(head, body)
    ]
    return [pair for pair in found if pair.source or pair.translation]


def newly_settled(
    intent: TranslationIntent, old: list[TranslationPair], new: list[TranslationPair], known: Iterable[str]
) -> set[str]:
    """Return the fingerprints that become known when a page with the pairs `old` is saved with `new`.

    A translation was written now when it is there more often than before. When it is not clear which of several is
    the new one, none is settled: to ask an editor once too often does no harm.
    """
    known = set(known)
    if intent is TranslationIntent.UNSTATED:
        return set()
    open_pairs = [pair for pair in new if pair.fingerprint not in known]
    if intent is TranslationIntent.ALL_CURRENT:
        return {pair.fingerprint for pair in open_pairs}
    before, now = Counter(pair.translation_key for pair in old), Counter(pair.translation_key for pair in new)
    waiting = Counter(pair.translation_key for pair in open_pairs)
    doubtful = {pair.translation_key for pair in old if pair.fingerprint not in known}
    return {
        pair.fingerprint
        for pair in open_pairs
        if _was_written(
            pair, now[pair.translation_key] - before[pair.translation_key], waiting[pair.translation_key]
        )
        or (
            intent is TranslationIntent.MINOR_CHANGE
            and pair.translation_key not in doubtful
            and now[pair.translation_key] <= before[pair.translation_key]
        )
    }


def _was_written(pair: TranslationPair, times: int, waiting: int) -> bool:
    # A text that was emptied is no translation of anything.
    return bool(pair.translation) and 0 < waiting <= times
