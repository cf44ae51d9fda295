"""Words that call people by their illness, and promises that nobody can keep."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import Place, Reading
from pages.quality.word_list import Entry, look_for

# A myth says what is untrue, so that the fact beside it can say what is true.
REFUTED = {("myth_fact", "myth")}


def check(reading: Reading) -> Iterator[Finding]:
    """Return one finding for each listed word, at the first place where it stands."""
    found: dict[Entry, tuple[int, Finding]] = {}
    for passage in reading.passages:
        block = passage.place.block
        kind = "" if block is None else reading.body[block]["type"]
        for hit in look_for(passage.text, reading.language):
            if hit.entry.kind == "promise" and (kind, passage.place.name) in REFUTED:
                continue
            if hit.entry in found:
                count, first = found[hit.entry]
                found[hit.entry] = count + 1, first
            else:
                found[hit.entry] = 1, _finding(reading, hit.entry, passage.place, hit.text)
    for count, finding in found.values():
        yield finding if count == 1 else _several(finding, count)


def _finding(reading: Reading, entry: Entry, place: Place, text: str) -> Finding:
    return Finding(
        entry.kind, Severity.ADVICE, reading.language, place, entry.why,
        _("Write instead: %(instead)s.") % {"instead": entry.instead}, (text,), entry.word,
    )  # fmt: skip


def _several(finding: Finding, count: int) -> Finding:
    places = _("It stands in %(count)d places.") % {"count": count}
    return replace(finding, said=f"{finding.said} {places}")
