"""The clinic's own details, and helplines. Stored as data, so that no text repeats a number."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mestring.typed_text.invisible_signs import without_invisible_signs
from pages.phone_digits import EMERGENCY_NUMBERS, dialled, is_number


class Clinic(models.Model):
    """One row: the details of the clinic that every page shows."""

    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(
        _("switchboard"),
        max_length=16,
        validators=[RegexValidator(r"^\+47\d{8}$", _("Write +47 and eight digits."))],
    )

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")

    def __str__(self) -> str:
        return self.name


class HelplineQuerySet(models.QuerySet["Helpline"]):
    """Helplines by what visitors may see."""

    def for_visitors(self) -> "HelplineQuerySet":
        """Return the helplines with a number that are verified or always shown."""
        shown = models.Q(always_shown=True) | models.Q(verified_on__isnull=False)
        return self.filter(shown).exclude(number="")


class Helpline(models.Model):
    """A helpline outside the clinic. It is public when it is verified, or always shown."""

    class Audience(models.TextChoices):
        """Whom a helpline is for."""

        EVERYONE = "everyone", _("Everyone")
        RELATIVES = "relatives", _("Relatives")
        CHILDREN = "children", _("Children and young people")

    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="helplines", editable=False, default=1)
    number = models.CharField(_("number"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=100)
    hours = models.CharField(_("opening hours"), max_length=100, blank=True)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    always_shown = models.BooleanField(
        _("always shown"), default=False, help_text=_("Only for 113, 112 and 116 117, which do not change.")
    )
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True,
        help_text=_("The day an editor rang and checked number and hours. Empty: visitors do not see the line."),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("position"), default=100)

    objects = HelplineQuerySet.as_manager()

    class Meta:
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def is_emergency(self) -> bool:
        """Say whether it is 113, 112 or 116 117, which every page must be able to show."""
        return dialled(self.number) in EMERGENCY_NUMBERS

    def clean(self) -> None:
        """Refuse what cannot be dialled, a day to come, and another number that is shown unchecked.

        A day is that of one number: another number is unchecked until it gets a day of its own.
        """
        self.number = " ".join(
            re.sub(r"[.\u2010-\u2015\u2212-]", " ", without_invisible_signs(self.number)).split()
        )
        errors = {}
        if self.number and not is_number(self.number):
            errors["number"] = _(
                "Write the number with digits alone, such as 116 117 or 22 59 13 00. "
                "A foreign number begins with +."
            )
        if self.verified_on and self.verified_on > timezone.localdate():
            errors["verified_on"] = _("This day has not come yet.")
        elif self.verified_on and not self.number:
            errors["verified_on"] = _("Without a number there is nothing to check: take the day out too.")
        if self.always_shown and not self.is_emergency:
            errors["always_shown"] = _("Only 113, 112 and 116 117 are shown without being checked.")
        if errors:
            raise ValidationError(errors)
        if self.has_the_day_of_another_number():
            self.verified_on = None

    def has_the_day_of_another_number(self) -> bool:
        """Say whether the number was changed, and the day of the former one kept."""
        stored = Helpline.objects.filter(pk=self.pk, verified_on=self.verified_on).first()
        return bool(stored and self.verified_on and dialled(stored.number) != dialled(self.number))
