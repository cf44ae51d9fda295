"""The clinical gate: a page with health advice is published only when a named reviewer answers for it.

An editor makes a page clinical by ticking it in the form (`Page.clinical`); nothing else does.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pages.models import Edition
from pages.models.care_level import CareLevel

# The fields that a reviewer fills in. What was reviewed is everything else.
REVIEW = ("clinical", "care_level", "reviewed_by", "reviewed_on", "next_review_on")
PLACE = ("parent", "position", "in_menu")
EDITIONS_COMPARED = 50


def what_lacks(head: dict[str, Any], body: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each thing that a page with health advice lacks; none for any other page."""
    if not head.get("clinical"):
        return []
    lacking = []
    if not head.get("reviewed_by") or not head.get("reviewed_on"):
        lacking.append(_("No reviewer is named who has reviewed it clinically, or the day is missing."))
    level = head.get("care_level")
    if level and any(not _has_card(body, level, language) for language in head["languages"]):
        text = _("It must have a care card in every language it is shown in, “%(level)s” or more urgent.")
        lacking.append(text % {"level": CareLevel(level).label})
    return lacking


def _has_card(body: list[dict[str, Any]], level: str, language: str) -> bool:
    urgent = CareLevel.at_least(level)
    cards = [block for block in body if block["type"] == "care_card" and block["level"] in urgent]
    return any(card["title"].get(language) and card["body"].get(language) for card in cards)


def refuse_unreviewed(edition: Edition, *, by: User | None) -> None:
    """Raise ValidationError when visitors must not see this edition before a reviewer has approved it.

    Only where the gate is closed (CLINICAL_GATE: outside the demo), and never for the starter pages, which no
    editor has saved: the launch list holds those back.
    """
    if by is None or not edition.head.get("clinical"):
        return
    alone = settings.CLINICAL_TWO_PERSONS and not _written_by_another(edition, by)
    lacking = what_lacks(edition.head, edition.body) if settings.CLINICAL_GATE else []
    if alone:
        lacking.append(_("Another editor than the one who wrote it must publish it."))
    if lacking:
        raise ValidationError(lacking)


def _written_by_another(edition: Edition, by: User) -> bool:
    """Say whether a colleague has saved these very words: then the publishing editor is the second person.

    A colleague who only moved the page has written nothing.
    """
    colleagues = edition.page.editions.exclude(saved_by=by).exclude(saved_by=None).filter(moved_from=None)
    return any(_words(other) == _words(edition) for other in colleagues[:EDITIONS_COMPARED])


def _words(edition: Edition) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return {
        name: value for name, value in edition.head.items() if name not in REVIEW + PLACE and value
    }, edition.body
