"""Links from page to page: looked up before a page is taken down or deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.reference import Reference


class InsideLink(Reference):
    """One page that one edition links to, or (`above`) lies under.

    `target` is no foreign key: an edition may name a page that no longer exists.
    """

    target = models.PositiveIntegerField()
    above = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("link inside the website")
        verbose_name_plural = _("links inside the website")
        constraints = [
            models.UniqueConstraint(fields=["edition", "target", "above"], name="one_inside_link_per_edition")
        ]
        indexes = [
            models.Index(
                fields=["target", "above", "newest", "shown_from", "shown_until", "page"],
                name="inside_link_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} → {self.target}"
