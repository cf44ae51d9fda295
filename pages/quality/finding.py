"""What a rule returns."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.quality.passages import Place


class Severity(models.TextChoices):
    """Whether a page can be published with it."""

    HARD = "hard", _("Must be put right before publishing")
    ADVICE = "advice", _("Advice")


@dataclass(frozen=True)
class Finding:
    """One thing to look at. The sentences are in the language of the person who asks, the words are the page's."""

    rule: str
    severity: Severity
    language: str
    place: Place
    said: str
    advice: str
    words: tuple[str, ...] = ()  # the page's own words that it concerns
    word: str = ""  # the entry of the word list; only such a finding can be answered with a reason

    @property
    def hard(self) -> bool:
        """Say whether it stops a publication."""
        return self.severity == Severity.HARD
