"""App config: what is known of backups has tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Nights and drills."""

    name = "mestring.backup.watch"
    label = "backup"
    verbose_name = _("Backups")
