"""Headings: each has words, stands under a larger one, and has something under it."""

from collections.abc import Iterator
from itertools import zip_longest

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import HEADING, Passage, Place, Reading

# Their own title is a large heading until a text has one (pages.rendering.page).
WITH_TITLE = {
    "callout": "title", "step": "title", "factor": "title", "myth_fact": "myth", "care_card": "title",
    "contact_panel": "title", "door": "title",
}  # fmt: skip
LARGE = 2


def says_nothing(text: str) -> bool:
    """Say whether a text has neither a letter nor a digit, so that a screen reader has nothing to read."""
    return not any(character.isalnum() for character in text)


def check(reading: Reading) -> Iterator[Finding]:
    """Return what is wrong with the headings, in the order of the page."""
    yield from _empty_titles(reading)
    seen_large = False
    for passage, following in zip_longest(reading.passages, reading.passages[1:]):
        if _is_title(reading, passage.place) and passage.text:
            seen_large = True
        if passage.kind != HEADING:
            continue
        if says_nothing(passage.text):
            yield Finding(
                "empty-heading", Severity.HARD, reading.language, passage.place,
                _("A heading is empty."), _("Write what the section is about, or take the heading away."),
            )  # fmt: skip
            continue
        in_running_text = _kind(reading, passage.place) == "text"
        if in_running_text and passage.level > LARGE and not seen_large:
            yield Finding(
                "heading-order", Severity.ADVICE, reading.language, passage.place,
                _("The first heading is a smaller one."),
                _("Make it a “Heading”. Smaller headings belong under one."),
                (passage.text,),
            )  # fmt: skip
        seen_large = seen_large or passage.level == LARGE
        if _nothing_under(reading, passage, following):
            yield Finding(
                "heading-alone", Severity.ADVICE, reading.language, passage.place,
                _("There is nothing under the heading."), _("Write the section, or take the heading away."),
                (passage.text,),
            )  # fmt: skip


def _kind(reading: Reading, place: Place) -> str:
    return "" if place.block is None else reading.body[place.block]["type"]


def _is_title(reading: Reading, place: Place) -> bool:
    return WITH_TITLE.get(_kind(reading, place)) == place.name


def _nothing_under(reading: Reading, passage: Passage, following: Passage | None) -> bool:
    """Say whether a heading is followed by one that is as large, or by nothing. Any block is something."""
    if following is not None and following.place.block == passage.place.block:
        return following.kind == HEADING and 0 < following.level <= passage.level
    block = passage.place.block
    after = reading.body[block + 1 :] if block is not None else []
    if after:
        return after[0]["type"] == "text" and following is not None and following.level == LARGE
    return reading.head.get("kind") not in ("overview", "front")


def _empty_titles(reading: Reading) -> Iterator[Finding]:
    """Return the callouts without a title: they would be shown with an empty heading."""
    for number, block in enumerate(reading.body):
        texts = reading.texts_of(block)
        if block["type"] == "callout" and texts.get("body") and says_nothing(texts.get("title", "")):
            yield Finding(
                "empty-heading", Severity.HARD, reading.language, Place(number, "title"),
                _("A heading is empty."), _("Write a title too."),
            )  # fmt: skip
