"""Words that call people by their illness, and promises that the clinic cannot keep."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import Place, Reading
from pages.quality.word_list import ListedWord, find_listed_words

# A myth says what is untrue, so that the fact beside it can say what is true.
REFUTED = {("myth_fact", "myth")}


def check(reading: Reading) -> Iterator[Finding]:
    """Return one finding for each listed word, at the first place where it stands."""
    found: dict[ListedWord, tuple[int, Finding]] = {}
    for passage in reading.passages:
        block = passage.place.block
        kind = "" if block is None else reading.body[block]["type"]
        for hit in find_listed_words(passage.text, reading.language):
            if hit.word.kind == "promise" and (kind, passage.place.name) in REFUTED:
                continue
            if hit.word in found:
                count, first = found[hit.word]
                found[hit.word] = count + 1, first
            else:
                found[hit.word] = 1, _finding(reading, hit.word, passage.place, hit.text)
    for count, finding in found.values():
        yield finding if count == 1 else _several(finding, count)


def _finding(reading: Reading, listed: ListedWord, place: Place, text: str) -> Finding:
    return Finding(
        listed.kind, Severity.ADVICE, reading.language, place, listed.why,
        _("Write instead: %(instead)s.") % {"instead": listed.instead}, (text,), listed.word,
    )  # fmt: skip


def _several(finding: Finding, count: int) -> Finding:
    places = _("It stands in %(count)d places.") % {"count": count}
    return replace(finding, problem=f"{finding.problem} {places}")
