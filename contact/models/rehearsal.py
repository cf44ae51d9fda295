"""The nightly rehearsal: when it was, and the step that failed. Never a word of content."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Rehearsal(models.Model):
    """One rehearsal. Made before anything is sent, so that one that was cut off is known."""

    class Step(models.TextChoices):
        """Where a rehearsal failed. contact.rehearsal.faults says what mends each."""

        CUT_OFF = "cut_off"
        CLOCK = "clock"
        SITE = "site"
        FORM = "form"
        STORING = "storing"
        SEALING = "sealing"
        NOTICE = "notice"
        THREAD = "thread"
        ERASING = "erasing"
        DATABASE = "database"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # what the mark of its inquiry names
    begun_at = models.DateTimeField(default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(null=True)
    inquiry_id = models.UUIDField(null=True)  # no foreign key: the row stays, and says that its mark is used up
    failed = models.CharField(max_length=8, choices=Step, default=Step.CUT_OFF, blank=True)  # empty: all went well

    class Meta:
        ordering = ["-begun_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.begun_at} {self.failed}".strip()
