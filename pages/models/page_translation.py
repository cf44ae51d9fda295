"""PageTranslation: how well one language of a page matches the language that staff write first."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.diff.translation_pairs import TranslationIntent, TranslationPair, newly_settled
from pages.languages import LANGUAGES


class PageTranslation(models.Model):
    """One language of one page. It holds marks (pages.diff.translation_pairs), never words.

    `said` holds the pairs of the newest edition, `known` the marks of the pairs that match. The source language
    has a row too, which is missing or current. Its `left` counts the page's languages that are not current, so
    that a list of ten thousand pages is sorted and counted by an index.
    """

    class State(models.TextChoices):
        """What is left to do. A language is missing when visitors are not shown the page in it."""

        MISSING = "missing", pgettext_lazy("state of a translation", "Missing")
        OUTDATED = "outdated", pgettext_lazy("state of a translation", "Look through")
        CURRENT = "current", pgettext_lazy("state of a translation", "Current")

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="translation_rows", verbose_name=_("page"))
    language = models.CharField(_("language"), max_length=5, choices=[(code, code) for code in LANGUAGES])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MISSING)
    known = models.JSONField(default=list)
    said = models.JSONField(default=list)

    left = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("translation of a page")
        verbose_name_plural = _("translations of pages")
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_row_per_page_and_language")]
        indexes = [
            models.Index(fields=["language", "left", "page"], name="page_translation_left"),
            models.Index(fields=["language", "state", "page"], name="page_translation_state"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.language})"

    @property
    def pairs(self) -> list[TranslationPair]:
        """Return the pairs of the newest edition."""
        return [TranslationPair(*parts) for parts in self.said]

    def follow(self, pairs: list[TranslationPair], *, complete: bool, intent: TranslationIntent) -> None:
        """Take over the pairs that the page has now."""
        self._learn(newly_settled(intent, self.pairs, pairs, self.known))
        self.said = [[pair.place, pair.source, pair.translation] for pair in pairs]
        self._judge(complete=complete)

    def confirm(self, pairs: Iterable[TranslationPair]) -> None:
        """Count these pairs as matching, whether or not the page has them now."""
        self._learn({pair.fingerprint for pair in pairs})
        self._judge(complete=self.state != self.State.MISSING)

    def forget_former(self) -> None:
        """Drop the marks of texts that the page no longer has: even a mark lets a reader test a guess."""
        present = {pair.fingerprint for pair in self.pairs}
        self.known = [mark for mark in self.known if mark in present]

    def open_pairs(self) -> list[TranslationPair]:
        """Return the pairs of the page that are not known to match."""
        known = set(self.known)
        return [pair for pair in self.pairs if pair.fingerprint not in known]

    def _learn(self, marks: set[str]) -> None:
        self.known = [*self.known, *sorted(marks - set(self.known))]

    def _judge(self, *, complete: bool) -> None:
        if not complete:
            self.state = self.State.MISSING
        else:
            self.state = self.State.OUTDATED if self.open_pairs() else self.State.CURRENT
