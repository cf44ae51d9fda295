"""All rules, and which of them stop a publication.

A new rule is a function in the module of its family, named in RULES, with examples in tests/pages/quality/rules.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pages.languages import LANGUAGES
from pages.quality.finding import Finding, place_label
from pages.quality.passages import Reading, read
from pages.quality.rules import blocks, completeness, headings, links, pictures, privacy, readability, words

Rule = Callable[[Reading], Iterator[Finding]]
NAMES = dict(settings.LANGUAGES)
# What stops a publication comes first, then words about people.
HARD_RULES: tuple[Rule, ...] = (blocks.check, privacy.check, headings.check, links.check, pictures.check)
RULES: tuple[Rule, ...] = (*HARD_RULES, words.check, completeness.check, readability.check)


def check(reading: Reading) -> list[Finding]:
    """Return all findings in one language, the hard ones first."""
    return sorted((found for rule in RULES for found in rule(reading)), key=lambda found: not found.hard)


def hard_errors(
    head: dict[str, Any], body: list[dict[str, Any]], languages: Iterable[str] = LANGUAGES
) -> list[Finding]:
    """Return the hard findings in these languages."""
    readings = [read(head, body, language) for language in languages]
    return [found for reading in readings for rule in HARD_RULES for found in rule(reading) if found.hard]


def refuse_hard_errors(head: dict[str, Any], body: list[dict[str, Any]]) -> None:
    """Raise ValidationError for a hard finding in a language that visitors see."""
    found = hard_errors(head, body, head["languages"])
    if found:
        text = _("%(place)s (%(language)s): %(what)s %(advice)s")
        raise ValidationError([text % _labels(body, one) for one in dict.fromkeys(found)])


def _labels(body: list[dict[str, Any]], found: Finding) -> dict[str, str]:
    place, language = place_label(body, found.place), str(NAMES[found.language])
    return {"place": place, "language": language, "what": found.problem, "advice": found.advice}
