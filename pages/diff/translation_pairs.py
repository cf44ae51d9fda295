"""Which translation goes with which source text: told by what both say, not by the rows they stand in.

Words of this module:
  mark    – a short digest of a text's words; "" for a text without words
  pair    – a place ("page.title", "faq.answer") with the marks of its source and of its translation
  known   – the marks of the pairs that somebody has let stand as matching
  settled – a pair that is known

Block rows are made anew when an edition is restored, and are moved and copied; that a sentence is a right
translation of another stays true wherever they stand. Marks hold no words, so that nothing stays here of
what is taken away from an edition.
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


class Meant(Enum):
    """What a save says about the translations."""

    KEPT = "kept"  # nothing: the texts come from an edition or a merge
    TYPED = "typed"  # a translation that was written now matches the source beside it
    HELD = "held"  # and so does one that matched before: the change of the source was a minor one
    ALL = "all"  # everything matches


def mark_of(text: str | None) -> str:
    """Return a mark of the words and of where links lead; markup and spaces make no difference."""
    words = " ".join("".join(map(_said, pieces(text or ""))).split())
    return sha256(words.encode()).hexdigest()[:16] if words else ""


def _said(piece: Piece) -> str:
    if piece.tag == "a" and piece.opens:
        return f" [{piece.value}] "
    return " " if piece.divides else piece.value


@dataclass(frozen=True)
class Pair:
    """The marks of a source text and its translation, and what kind of text it is."""

    place: str
    source: str
    translation: str

    @property
    def mark(self) -> str:
        """Return what is kept of a pair that matches."""
        return sha256(f"{self.place} {self.source} {self.translation}".encode()).hexdigest()[:16]

    @property
    def sent(self) -> tuple[str, str]:
        """Return what tells a translation from others, whatever source stands beside it."""
        return self.place, self.translation


def texts_in(head: dict[str, Any], body: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, {language: text}) of every translated text of an edition, in order."""
    for part in (head, *body):
        for name, value in part.items():
            if isinstance(value, dict) and name not in NOT_TRANSLATED:
                yield f"{part.get('type', 'page')}.{name}", value


def pairs_in(head: dict[str, Any], body: list[dict[str, Any]], language: str) -> list[Pair]:
    """Return the pairs of an edition in one language; what says nothing on both sides is left out."""
    found = [
        Pair(place, mark_of(text.get(SOURCE)), mark_of(text.get(language))) for place, text in texts_in(head, body)
    ]
    return [pair for pair in found if pair.source or pair.translation]


def settled_by(meant: Meant, old: list[Pair], new: list[Pair], known: Iterable[str]) -> set[str]:
    """Return the marks that become known when a page that said `old` is saved saying `new`.

    A translation counts as written now when it stands there more often than before. Where it cannot be told
    which of several is the new one, none is settled: asking once too often does no harm.
    """
    known = set(known)
    if meant is Meant.KEPT:
        return set()
    open_pairs = [pair for pair in new if pair.mark not in known]
    if meant is Meant.ALL:
        return {pair.mark for pair in open_pairs}
    before, now = Counter(pair.sent for pair in old), Counter(pair.sent for pair in new)
    waiting = Counter(pair.sent for pair in open_pairs)
    doubtful = {pair.sent for pair in old if pair.mark not in known}
    return {
        pair.mark
        for pair in open_pairs
        if _written(pair, now[pair.sent] - before[pair.sent], waiting[pair.sent])
        or (meant is Meant.HELD and pair.sent not in doubtful and now[pair.sent] <= before[pair.sent])
    }


def _written(pair: Pair, times: int, waiting: int) -> bool:
    # A text that was emptied is no translation of anything.
    return bool(pair.translation) and 0 < waiting <= times
