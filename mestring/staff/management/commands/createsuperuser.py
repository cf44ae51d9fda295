"""`manage.py createsuperuser`: Django's own takes any password from the environment without a look at it."""

import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError


class Command(createsuperuser.Command):
    """With --noinput, ask of the password what is asked of one that a colleague chooses."""

    def handle(self, *arguments: Any, **options: Any) -> str | None:
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        if password and not options["interactive"]:
            account = User(username=options["username"] or "", email=options["email"] or "")
            try:
                validate_password(password, account)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from None
        return super().handle(*arguments, **options)
