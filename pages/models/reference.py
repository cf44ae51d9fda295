"""Reference index: what editions link to, in rows of its own, so that no report reads every edition."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class ReferenceQuerySet(models.QuerySet[Any]):
    """Whether a row counts depends on the time, as with editions."""

    def in_use(self, *, at: datetime) -> Any:
        """Return the rows of each page's newest edition, and of those that visitors see or will see."""
        return self.filter(Q(newest=True) | Q(shown_from__isnull=False) & self._not_over(at))

    def visible(self, *, at: datetime) -> Any:
        """Return the rows of the editions that visitors see."""
        return self.filter(self._not_over(at), shown_from__lte=at)

    @staticmethod
    def _not_over(at: datetime) -> Q:
        return Q(shown_until=None) | Q(shown_until__gt=at)


class Reference(models.Model):
    """One link of one edition of a page. pages.links.index keeps the rows true.

    `shown_until` is the end of the edition, or the beginning of the edition that replaces it.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="+")
    edition = models.ForeignKey("pages.Edition", models.CASCADE, related_name="+")
    newest = models.BooleanField(default=False)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)

    objects: Any = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
