"""ShareLink: lets a colleague without an account read one edition for some days."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """A link works until it expires or is withdrawn."""

    def working(self, *, at: datetime) -> "ShareLinkQuerySet":
        """Return the links that work at `at`.

        A link to an edition of a deleted page does not, nor one whose maker may no longer change pages.
        """
        editors = get_user_model().objects.with_perm("pages.change_page").filter(is_staff=True)
        return self.filter(expires_at__gt=at, revoked_at=None, edition__page__deleted_at=None, made_by__in=editors)


class ShareLink(models.Model):
    """Who shared which edition, and until when. The token itself is stored nowhere, only its digest."""

    edition = models.ForeignKey("pages.Edition", models.CASCADE, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to share")
        verbose_name_plural = _("links to share")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
