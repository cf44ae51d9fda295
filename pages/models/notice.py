"""Notice: a message that stands on every page for a while, such as a telephone that is out of order."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by time."""

    def current_or_coming(self, *, at: datetime) -> "NoticeQuerySet":
        """Return the notices whose end has not come."""
        return self.filter(ends_at__gt=at)

    def over(self, *, at: datetime) -> "NoticeQuerySet":
        """Return the notices that visitors no longer see."""
        return self.filter(ends_at__lte=at)


class Notice(models.Model):
    """Not part of an edition: on every page at once from its beginning, and gone at its end by itself.

    The end is required: a notice that staff have to remember to remove stays for months.
    """

    text = models.CharField(
        _("message"), max_length=200,
        help_text=_("One or two short sentences. Without a translation, everybody is shown the one in bokmål."),
    )  # fmt: skip
    more = models.ForeignKey(
        "pages.Page", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("page to read more"), help_text=_("Linked after the message, while it is on the website."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), help_text=_("It disappears by itself then."))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("message on every page")
        verbose_name_plural = _("messages on every page")
        ordering = ["-ends_at", "-pk"]

    class State(models.TextChoices):
        """Whether visitors see it."""

        SHOWN = "shown", _("Shown now")
        COMING = "coming", _("Not shown yet")
        OVER = "over", _("Over: on no page")

    def __str__(self) -> str:
        return self.text or str(self.pk)

    def state(self, *, at: datetime) -> "Notice.State":
        """Return whether visitors see it at that moment."""
        if self.ends_at <= at:
            return self.State.OVER
        return self.State.SHOWN if self.starts_at <= at else self.State.COMING

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It must end after it begins.")})
