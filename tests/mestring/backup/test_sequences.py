"""A number that a table has given out is never given out again, also after a restore."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations import Migration
from django.db.models.signals import post_migrate, pre_migrate

from contact.audit.access_log import note
from contact.models import AccessEntry
from mestring.backup.rows import stored_models
from mestring.backup.sequences import count_on, raise_sequences, read_sequences

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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite makes a table anew to change it")
def test_a_migration_that_makes_the_table_anew_gives_no_number_twice():
    leaver = User.objects.create_user("leaver")
    number = leaver.pk
    leaver.delete()
    auth = apps.get_app_config("auth")
    plan = [(Migration("a_change", "auth"), False)]
    told = {"sender": auth, "app_config": auth, "verbosity": 0, "interactive": False, "using": "default"}
    pre_migrate.send(**told, plan=plan, apps=apps)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'auth_user'")
    post_migrate.send(**told, plan=plan, apps=apps)
    assert User.objects.create_user("new").pk == number + 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite counts on from the rows")
def test_rows_that_are_loaded_with_their_numbers_leave_these_to_no_row_of_newer_code():
    user = User.objects.create_user("loaded")
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('auth_user', 'id'), %s, false)", [user.pk])
    count_on(stored_models(apps), {}, "default")
    assert User.objects.create_user("new").pk > user.pk
