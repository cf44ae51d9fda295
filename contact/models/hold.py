"""Legal holds, requests to erase, and the round that erases what is neither held nor needed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.inquiry import Inquiry


class Hold(models.Model):
    """Keeps one inquiry from being erased until a colleague releases it. Erased with its inquiry."""

    class Reason(models.TextChoices):
        """The reason, from a fixed list: a free text would be content."""

        COMPLAINT = "complaint", _("complaint or supervision")
        CLAIM = "claim", _("claim for damages or court case")
        ACCESS = "access", _("a person has asked to see what is stored about them")
        INCIDENT = "incident", _("serious incident that is being looked into")

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], name="one_hold_at_a_time", condition=models.Q(released_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.reason}"


class ErasureRequest(models.Model):
    """A colleague's request to erase one inquiry, which is carried out later unless a colleague stops it."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, primary_key=True, related_name="erasure_request")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("request to erase")
        verbose_name_plural = _("requests to erase")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.inquiry_id}"


class ErasingRound(models.Model):
    """The one row that says when inquiries were last erased, and why erasing has stopped since, if it has."""

    class Outcome(models.TextChoices):
        """How the last attempt ended."""

        DONE = "done", _("done")
        CLOCK_BEHIND = "behind", _("The clock shows an earlier time than the access log.")
        CLOCK_AHEAD = "ahead", _("It is long since the last time, or the clock is wrong.")
        TOO_MANY = "too_many", _("Unusually many would be erased at once.")

    done_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE)
    due = models.PositiveIntegerField(default=0)  # how many the last attempt would have erased

    class Meta:
        verbose_name = _("erasing round")
        verbose_name_plural = _("What is erased when")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.outcome
