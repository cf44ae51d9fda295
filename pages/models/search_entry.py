"""SearchEntry: the text of one edition in one language, as a search reads it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The plain words of one published edition. Whether it is live is not stored here: that depends on the time.

    `stems` has four lines, the stems of title, short title, introduction and text, in the words' order,
    each stem between spaces and in small letters: SQLite's own comparison knows only a to z.
    """

    edition = models.ForeignKey("pages.Edition", models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    stems = models.TextField()  # before the text: SQLite reads a long row only as far as it must
    title = models.TextField()
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    live_blocks = models.JSONField(default=list)  # whose words depend on when they are read

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="one_search_entry_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
