"""The contact app: sealed inquiries, and the inbox in which staff answer them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """Inquiries of patients, relatives and referrers, from the form to their erasure."""

    name = "contact"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        """Connect to logins and to deleted accounts, and protect the access log again after each migration."""
        from contact.audit import staff_activity, triggers
        from contact.cases import ownership

        pre_migrate.connect(triggers.remove_before_migration, sender=self)
        post_migrate.connect(triggers.create_triggers, sender=self)
        staff_activity.connect_login_signals()
        ownership.listen()
