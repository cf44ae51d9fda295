"""A number that a table has given out is never given out again, also after a restore."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from contact.audit.access_log import note
from contact.models import AccessEntry
from mestring.backup.rows import stored_models
from mestring.backup.sequences import raise_sequences, read_sequences

pytestmark = pytest.mark.django_db


def restored(numbers):
    """What a restore does last, on tables that count from the rows that are left."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence('auth_user', 'id'), 1, false)")
    raise_sequences(stored_models(apps), numbers, "default")


def test_a_new_colleague_never_gets_a_former_colleague_s_number():
    User.objects.create_user("stays")
    leaver = User.objects.create_user("leaver")
    number = leaver.pk
    leaver.delete()
    numbers = read_sequences(stored_models(apps), "default")
    assert numbers["auth.user"] == number
    restored(numbers)
    assert User.objects.create_user("new").pk == number + 1


def test_a_backup_without_numbers_is_told_by_the_access_log_who_was_there():
    leaver = User.objects.create_user("leaver")
    number = leaver.pk
    note(AccessEntry.Action.LOGGED_IN, leaver)
    leaver.delete()
    restored({})
    assert User.objects.create_user("new").pk == number + 1


def test_no_table_counts_backwards():
    before = User.objects.create_user("one").pk
    restored({"auth.user": 1})
    assert User.objects.create_user("two").pk == before + 1
