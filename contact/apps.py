"""The contact room: sealed inquiries and the inbox."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """What a patient, a relative or a referrer writes, from the form to its erasure."""

    name = "contact"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        """Listen to logins and to accounts that are deleted, and guard the access log after every migration."""
        from contact.audit import staff_activity, triggers
        from contact.cases import ownership

        pre_migrate.connect(triggers.put_aside, sender=self)
        post_migrate.connect(triggers.put_in_place, sender=self)
        staff_activity.listen()
        ownership.listen()
