"""What an edition names, kept in rows of its own so that no report reads every edition."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class NamedByQuerySet(models.QuerySet[Any]):
    """Whether a row counts is asked of the clock, as with editions."""

    def counted(self, *, at: datetime) -> Any:
        """Return the rows of editions that are a page's newest, that visitors see, or will see."""
        return self.filter(Q(newest=True) | Q(shown_from__isnull=False) & self._not_over(at))

    def shown(self, *, at: datetime) -> Any:
        """Return the rows of the editions that visitors see."""
        return self.filter(self._not_over(at), shown_from__lte=at)

    @staticmethod
    def _not_over(at: datetime) -> Q:
        return Q(shown_until=None) | Q(shown_until__gt=at)


class NamedBy(models.Model):
    """One thing that one edition of a page names (pages.links.index keeps the rows true).

    `shown_until` is the edition's own end or the beginning of the one that replaces it.
    """

    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="+")
    edition = models.ForeignKey("pages.Edition", models.CASCADE, related_name="+")
    newest = models.BooleanField(default=False)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)

    objects: Any = NamedByQuerySet.as_manager()

    class Meta:
        abstract = True
