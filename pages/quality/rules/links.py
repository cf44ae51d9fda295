"""Links: a visitor who hears only the link must know where it leads."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from pages.quality.finding import Finding, Severity
from pages.quality.passages import LinkText, Place, Reading
from pages.quality.rules.headings import says_nothing
from pages.quality.word_list import word_lists
from pages.richtext.allowed_markup import LEADS_SOMEWHERE

# Blocks that are one link.
ARE_LINKS = {"door": "title", "resource_link": "title"}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LEADS_SOMEWHERE = re.compile(LEADS_SOMEWHERE)
_AROUND = " .,:;!?…»«>→›\"'“”()"


Fault = tuple[str, Severity, str, str]  # the rule's name, how grave it is, what is wrong, and what to do


def check(reading: Reading) -> Iterator[Finding]:
    """Return links without words, that lead nowhere, whose words say nothing, and whose words are an address."""
    for link in [*reading.links, *_block_links(reading)]:
        for rule, severity, problem, advice in _faults_of(link, reading.language):
            quoted = () if says_nothing(link.text) else (link.text,)
            yield Finding(rule, severity, reading.language, link.place, problem, advice, quoted)


def _faults_of(link: LinkText, language: str) -> Iterator[Fault]:
    name_what_is_there = _(
        "Let the link be the words for what the reader finds there, for example “Read about detox”."
    )
    if link.href and not _LEADS_SOMEWHERE.fullmatch(link.href):
        advice = _("Write a whole web address that begins with https://, or mailto: or tel:.")
        yield "broken-link", Severity.HARD, _("The link leads nowhere."), advice
    if says_nothing(link.text):
        advice = _("Write what it leads to, or take the link away.")
        yield "empty-link", Severity.HARD, _("A link has no words."), advice
    elif link.text.strip(_AROUND).casefold() in _vague(language):
        yield "vague-link", Severity.ADVICE, _("The link does not say where it leads."), name_what_is_there
    elif _ADDRESS.fullmatch(link.text):
        problem = _("The link is a web address, which is read out letter by letter.")
        yield "address-as-link", Severity.ADVICE, problem, name_what_is_there


@cache
def _vague(language: str) -> frozenset[str]:
    return frozenset(word_lists()["vague_links"][language])


def _block_links(reading: Reading) -> Iterator[LinkText]:
    for number, block in enumerate(reading.body):
        name = ARE_LINKS.get(block["type"])
        if name is None:
            continue
        texts = reading.texts_of(block)
        # A source without a title is not shown; a door is, as soon as it says something.
        if texts.get(name) or (block["type"] == "door" and any(texts.values())):
            yield LinkText(Place(number, name), " ".join(texts.get(name, "").split()))
