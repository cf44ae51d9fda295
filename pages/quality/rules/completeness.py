"""What is missing: title, introduction, description, and texts that are not translated."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pages.languages import LANGUAGES
from pages.quality.finding import Finding, Severity, place_label
from pages.quality.passages import ADDRESS, Place, Reading, fields_of

SOURCE = LANGUAGES[0]
# A visitor misses nothing when these are empty.
OPTIONAL = {ADDRESS, "menu_title"}
NAMED = 3


def check(reading: Reading) -> Iterator[Finding]:
    """Return what is missing in this language; nothing when the page says nothing in it at all."""
    if reading.language != SOURCE:
        yield from _translation(reading)
    if not reading.passages:
        return
    if not reading.own_text("title"):
        yield Finding(
            "missing-title", Severity.ADVICE, reading.language, Place(None, "title"),
            _("There is content, but no title. Visitors do not see the page in this language."),
            _("Write a title."),
        )  # fmt: skip
    if not reading.own_text("lead"):
        yield Finding(
            "missing-lead", Severity.ADVICE, reading.language, Place(None, "lead"),
            _("There is no introduction."), _("Say in one or two sentences what the reader finds here."),
        )  # fmt: skip
    if not reading.own_text("description"):
        yield Finding(
            "missing-description", Severity.ADVICE, reading.language, Place(None, "description"),
            _("There is no description for search engines."),
            _("Write 60 to 150 characters about this page. Else the introduction stands there."),
        )  # fmt: skip


def _translation(reading: Reading) -> Iterator[Finding]:
    missing, translated = [], 0
    parts = [(None, "", reading.head), *((n, block["type"], block) for n, block in enumerate(reading.body))]
    for number, kind, part in parts:
        for name in fields_of(kind):
            texts = part.get(name) or {}
            if name in OPTIONAL or not texts.get(SOURCE):
                continue
            if texts.get(reading.language):
                translated += 1
            else:
                missing.append(Place(number, name))
    if not missing:
        return
    if not translated:
        text, advice = _("The page is not translated."), _("Visitors are offered the page in bokmål instead.")
    else:
        count = {"count": len(missing)}
        text = _("Texts in bokmål that are missing here: %(count)d.") % count
        named = "; ".join(place_label(reading.body, place) for place in missing[:NAMED])
        advice = _("Translate: %(fields)s") % {"fields": named + (" …" if len(missing) > NAMED else "")}
    yield Finding("missing-translation", Severity.ADVICE, reading.language, missing[0], text, advice)
