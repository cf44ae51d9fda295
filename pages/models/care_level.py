"""How urgent a care card is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareLevel(models.TextChoices):
    """From the most urgent."""

    EMERGENCY = "emergency", _("Emergency: ring 113")
    URGENT = "urgent", _("Urgent: ring 116 117")
    CLINIC = "clinic", _("Ring us")

    @classmethod
    def at_least(cls, level: str) -> list[str]:
        """Return this level and the more urgent ones."""
        return cls.values[: cls.values.index(level) + 1]
