"""Preview: what a form said when its editor pressed "Preview", stored for an hour."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preview(models.Model):
    """A snapshot that was not saved, and so is no edition. Only the editor who made it sees it.

    `head` and `body` are as in an edition. `page` is empty for a page that was never saved.
    """

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.ForeignKey("pages.Page", models.CASCADE, related_name="+", null=True)
    head = models.JSONField()
    body = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)
