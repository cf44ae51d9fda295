"""App configs: the staff app with its commands, and Django's admin with our site class."""

import logging
from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from mestring.config.database import declare_json_support
from mestring.logs.request_number import number_requests
from mestring.operator_mail.faults import note_faults_of_requests


class StaffConfig(AppConfig):
    """Colleagues, their roles, and the commands that set up, back up and restore a site."""

    name = "mestring.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Connect the receivers before any connection to the database is made."""
        from mestring.backup.sequences import raise_after_migrate, remember_before_migrate  # needs the models
        from mestring.staff.accounts.browsers import tell_of_new_browser

        number_requests()
        note_faults_of_requests()
        logging.captureWarnings(True)  # a warning of Django's may quote a value: it is written as other lines are
        user_logged_in.connect(tell_of_new_browser, dispatch_uid="mail about a new browser")
        import_module("mestring.staff.login.open_logins")  # its receivers
        connection_created.connect(declare_json_support)
        once = apps.get_app_config("auth")  # the signals come once for each app that has models
        pre_migrate.connect(remember_before_migrate, sender=once)
        post_migrate.connect(raise_after_migrate, sender=once)


class StaffAdminConfig(AdminConfig):
    """Django's admin with our own site class, so that the apps register with `@admin.register`."""

    default_site = "mestring.staff.site.StaffSite"
