"""Reviewed: who has reviewed a page with health advice, when, and when the next review is due."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.models.care_level import CareLevel


class Reviewed(models.Model):
    """Staff fill these in; no save changes them, so a mended typing error does not count as a review."""

    clinical = models.BooleanField(
        _("gives health advice"), default=False,
        help_text=_("Then a reviewer with a health profession must review it before it is published."),
    )  # fmt: skip
    care_level = models.CharField(
        _("care card it must have"), max_length=10, choices=CareLevel, blank=True,
        help_text=_("In every language it is shown in. A more urgent card is enough. Empty: none is required."),
    )  # fmt: skip
    reviewed_by = models.CharField(
        _("reviewed by"), max_length=120, blank=True,
        help_text=_("Name and profession, for example “Kari Nordmann, overlege”. Visitors see it."),
    )  # fmt: skip
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True,
        help_text=_("The day the reviewer read the whole page. It stays when you mend a typing error."),
    )  # fmt: skip
    next_review_on = models.DateField(
        _("next review before"), null=True, blank=True, help_text=_("Then it stands on the first page as due.")
    )

    class Meta:
        abstract = True

    class ReviewState(models.TextChoices):
        """Whether the page is reviewed, and whether the review is due again."""

        NONE_NEEDED = "none", _("Needs no clinical review")
        MISSING = "missing", _("Not yet clinically reviewed")
        DUE = "due", _("Clinical review is due")
        DONE = "done", _("Clinically reviewed")

    def review_state(self, *, on: date) -> "Reviewed.ReviewState":
        """Return the state of the review on that day."""
        if not self.clinical:
            return self.ReviewState.NONE_NEEDED
        if not self.reviewed_on:
            return self.ReviewState.MISSING
        due = self.next_review_on is not None and self.next_review_on <= on
        return self.ReviewState.DUE if due else self.ReviewState.DONE

    def clean(self) -> None:
        """Refuse dates that no review can have."""
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            raise ValidationError({"reviewed_on": _("That day has not come yet.")})
        if self.reviewed_on and not self.reviewed_by:
            raise ValidationError({"reviewed_by": _("Write who reviewed it.")})
        if self.reviewed_on and self.next_review_on and self.next_review_on <= self.reviewed_on:
            raise ValidationError({"next_review_on": _("The next review must come after the last one.")})
