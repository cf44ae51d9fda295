"""Which pages lead to which: asked before a page is taken away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.named_by import NamedBy


class InsideLink(NamedBy):
    """One page that one edition leads to, or (`above`) lies under.

    `target` is the number as the edition has it: an edition may name a page that is no more.
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
