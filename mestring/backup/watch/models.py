"""What is known of the backups: a row for each night, and one for each restoring drill."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_DAY = date(2020, 1, 1)  # what lies before is a slip of the keyboard


class Fault(models.TextChoices):
    """What can be wrong with a night's backup, as colleagues read it; `words` has what operators read."""

    FAILED = "failed", _("it could not be made")
    INCOMPLETE = "incomplete", _("it lacks pictures, or the list of what was erased")
    UNSIGNED = "unsigned", _("nothing shows that the website made it")
    CHANGED = "changed", _("the file is damaged")
    NO_ROWS = "no_rows", _("it is empty")
    SHRUNK = "shrunk", _("it is less than half the size of the one before")
    NOT_COPIED = "not_copied", _("it was not copied away")
    LATE = "late", _("there is none from the last night")


class BackupNight(models.Model):
    """One night: what came of its backup. It is in no backup itself: a restored copy has had no night yet."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    size = models.BigIntegerField(_("size"), default=0)
    rows = models.BigIntegerField(_("rows"), default=0)
    faults = models.JSONField(_("faults"), default=list)
    copies = models.PositiveSmallIntegerField(_("copied away"), default=0)  # by so many programs
    reminded = models.BooleanField(default=False)  # the operator was asked for a drill

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("nightly backup")
        verbose_name_plural = _("nightly backups")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"


def not_to_come(day: object) -> None:
    """Refuse a day that is still to come."""
    if isinstance(day, type(timezone.localdate())) and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))


class RestoreDrill(models.Model):
    """A person has restored a backup on another machine, with the offline key, and it worked.

    It is deleted where it was noted by mistake: otherwise no reminder would come for half a year.
    """

    done_on = models.DateField(
        _("day of the drill"),
        default=timezone.localdate,
        validators=[MinValueValidator(FIRST_DAY), not_to_come],
    )
    who = models.CharField(_("who did it"), max_length=100, help_text=_("The person with the offline key."))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
    )

    class Meta:
        default_permissions = ("view", "add", "delete")
        verbose_name = _("restoring drill")
        verbose_name_plural = _("restoring drills")
        ordering = ("-done_on", "-pk")

    def __str__(self) -> str:
        return f"{self.done_on}"
