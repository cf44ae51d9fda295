"""What a rule returns, and where in the form it is."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.models import Page
from pages.quality.passages import BY_NAME, Place


class Severity(models.TextChoices):
    """Whether a page can be published with such a finding."""

    HARD = "hard", _("Must be put right before publishing")
    ADVICE = "advice", _("Advice")


@dataclass(frozen=True)
class Finding:
    """One thing for an editor to look at. The sentences are in the editor's language, the words are the page's."""

    rule: str
    severity: Severity
    language: str
    place: Place
    problem: str
    advice: str
    words: tuple[str, ...] = ()  # the page's own words that it concerns
    word: str = ""  # the entry of the word list; only such a finding can be answered with a reason

    @property
    def hard(self) -> bool:
        """Say whether it stops a publication."""
        return self.severity == Severity.HARD


def place_label(body: list[dict[str, Any]], place: Place) -> str:
    """Return "Content 4 (Step), title" for a block's field, and the field's name for the page's own."""
    if place.block is None:
        return capfirst(_field(Page, place.name))
    model = BY_NAME[body[place.block]["type"]]
    kind, field = str(model._meta.verbose_name), _field(model, place.name)
    values = {"number": place.block + 1, "kind": kind}
    block = gettext("Content %(number)d (%(kind)s)") % values
    return block if field == kind else f"{block}, {field}"


def _field(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)
